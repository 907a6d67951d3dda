"""What django-allauth asks of the portal: the reader's language, the portal's name, secrets kept encrypted, the activity log."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from opengov.brand import brand
from opengov.mail import send_mail_to

from .activity import record
from .models import User


@dataclass(frozen=True)
class Site:
    """What allauth's mails call the current site."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    def new_user(self, request: HttpRequest) -> User:
        """A person who signs up speaks the language of the page they sign up on."""
        return User(language=get_language() or settings.LANGUAGE_CODE)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail goes out in the language of the person with this address, or of the page where nobody has it."""
        reader = User.objects.filter(Q(email__iexact=email) | Q(emailaddress__email__iexact=email)).first()
        send_mail_to(
            user_or_address=email,
            language=reader.language if reader else get_language() or settings.LANGUAGE_CODE,
            template=template_prefix,
            context={"current_site": Site(brand().name, urlsplit(settings.SITE_URL).netloc)} | context,
        )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Whatever allauth warns a person of (password, addresses, second factors, connections) is in their activity as well."""
        record(f"security.{template_prefix.rpartition('/')[2]}", user, user)
        super().send_notification_mail(template_prefix, user, context, email)


class SecondFactorAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        return brand().name

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    @staticmethod
    def _fernet() -> MultiFernet:
        """Keys of authenticator apps and recovery codes rest under SECRET_KEY; retired keys still open what they closed."""
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        keys = [hashlib.sha256(b"accounts.second-factor:" + secret.encode()).digest() for secret in secrets]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class ProviderAdapter(DefaultSocialAccountAdapter):
    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """A provider that is not configured does not exist."""
        try:
            return super().get_provider(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        user.display_name = (data.get("name") or "")[: User._meta.get_field("display_name").max_length]
        return user
