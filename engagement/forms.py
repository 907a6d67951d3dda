import json
from base64 import b64decode
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_altcha import AltchaField, AltchaWidget

HARDEST = 20_000  # the greatest number that a browser has to find: a second or two on a phone


class ChallengeWidget(AltchaWidget):
    """The widget, in the reader's language."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["altcha_options"]["language"] = get_language()
        return context


class ChallengeField(AltchaField):
    """A solved challenge. Its value is the challenge: that it works once is a matter of the database, not of the cache."""

    widget = ChallengeWidget

    def __init__(self) -> None:
        address = reverse_lazy("engagement:challenge")
        options = {"hidelogo": True, "hidefooter": True, "maxnumber": str(HARDEST), "auto": "onload"}
        super().__init__(label=_("Check"), challengeurl=address, **options)

    def replay_attack_protection(self, payload: str) -> None:
        """Left to `services.human_checks.accept_challenge`."""

    def clean(self, value: Any) -> str:
        payload = super().clean(value)
        return str(json.loads(b64decode(payload))["challenge"])


class ChallengeForm(forms.Form):
    challenge = ChallengeField()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
