from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        from allauth.account.signals import user_signed_up

        from .activity import record
        from .own_data import register_parts
        from .verbs import register_verbs

        register_verbs()
        register_parts()
        user_signed_up.connect(
            lambda user, **_: record("person.join", user, user), weak=False, dispatch_uid="accounts.person.join"
        )
