import json
from base64 import b64decode
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_altcha import AltchaField, AltchaWidget

from .enums import ReportReason
from .models.comments import LONGEST
from .scores import STARS

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


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(coerce=int, choices=[(stars, stars) for stars in STARS])


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it, with your display name. Markdown works: **bold**, *italic*, lists and links."),
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Tell the moderators more"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only moderators read it. For “Something else”, say what."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == ReportReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say what is wrong."))
        return cleaned
