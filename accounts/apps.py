from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login
        from allauth.account.signals import user_signed_up
        from django.contrib import admin

        from opengov import periodic, slots

        from .activity import record, register_sentences
        from .own_data import register_parts
        from .selectors.notifications import bell
        from .verbs import SENTENCES, words

        register_sentences(SENTENCES, words)
        register_parts()
        slots.fill("account", "accounts/bell.html", bell)
        periodic.register("accounts.tasks.tidy_accounts", periodic.Rhythm.DAILY)
        periodic.register("accounts.tasks.forget_notifications", periodic.Rhythm.DAILY)
        periodic.register("accounts.tasks.send_daily_digests", periodic.Rhythm.DAILY)
        periodic.register("accounts.tasks.send_weekly_digests", periodic.Rhythm.WEEKLY)
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
        user_signed_up.connect(
            lambda user, **_: record("person.join", user, user), weak=False, dispatch_uid="accounts.person.join"
        )
