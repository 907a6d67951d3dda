import ipaddress
import json
from base64 import b64decode
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_altcha import AltchaField, AltchaWidget

from .boards import Board, board_of, boards
from .enums import ReportReason, VoteFlag
from .errors import NoConditions, ReasonMissing
from .models.comments import LONGEST
from .scores import STARS
from .services.hints import pattern_of
from .services.invalidations import MARK, Conditions

HARDEST = 20_000  # the greatest number that a browser has to find: a second or two on a phone


def _widget_texts() -> dict[str, str]:
    """What the widget says, by its own names; without them it speaks English."""
    return {
        "label": gettext("Check that I am not a program"),
        "verifying": gettext("Checking…"),
        "verified": gettext("Checked"),
        "waitAlert": gettext("The check is still going on: please wait a moment."),
        "error": gettext("The check did not work. Try again, or take a code by mail."),
        "expired": gettext("The check took too long. Try again."),
    }


class ChallengeWidget(AltchaWidget):
    """The widget, in the reader's language."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["altcha_options"] |= {"language": get_language(), "strings": json.dumps(_widget_texts())}
        return context


class ChallengeField(AltchaField):
    """A solved challenge. Its value is the challenge: that it works once is a matter of the database, not of the cache."""

    widget = ChallengeWidget
    default_error_messages = {
        "required": _("Your browser has not finished the check. Wait until it is done, or take a code by mail."),
        "invalid": _("The check is no longer valid. Try again, or take a code by mail."),
        "error": _("The check could not be read. Try again, or take a code by mail."),
    }

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
    stars = forms.TypedChoiceField(
        label=_("Stars"),
        coerce=int,
        choices=[(stars, stars) for stars in STARS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose from one to five stars.")),
    )


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


class _Clock(forms.DateTimeInput):
    """A time of the clock in the person's zone."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class InvalidationForm(forms.Form):
    """Which votes are meant, and why. Marks are the beginnings of hashes that pages of votes show in place of addresses."""

    board = forms.ChoiceField(label=_("Board"))
    thing = forms.CharField(
        label=_("Only for"), required=False, max_length=36, help_text=_("The number at the end of its address. Empty: for all.")
    )
    flag = forms.ChoiceField(label=_("Reason for the check"), required=False)
    network = forms.CharField(
        label=_("Network"),
        required=False,
        max_length=700,
        help_text=_("An address, or marks parted by spaces. Kept as marks alone."),
    )
    browser = forms.CharField(label=_("Browser"), required=False, max_length=700, help_text=_("Marks parted by spaces."))
    shape = forms.CharField(
        label=_("Pattern of the address"),
        required=False,
        max_length=700,
        help_text=_("One mail address with a number, such as voter12@example.org, or marks parted by spaces."),
    )
    domain = forms.CharField(label=_("Mail domain"), required=False, max_length=255)
    is_new_account = forms.BooleanField(label=_("Accounts of the same day only"), required=False)
    since = forms.DateTimeField(label=_("From"), required=False, widget=_Clock())
    until = forms.DateTimeField(label=_("Until"), required=False, widget=_Clock())
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why these are votes of one hand. The second person reads it; it stays in the history."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [(board.key, board.label) for board in boards("votes")]  # type: ignore[attr-defined]
        self.fields["flag"].choices = [("", _("Any or none")), *VoteFlag.choices]  # type: ignore[attr-defined]

    def clean_network(self) -> str:
        return self._marks_or("network", ipaddress.ip_address, _("Write an address, or marks as pages show them."))

    def clean_browser(self) -> str:
        return self._marks_or("browser", _nothing_else, _("Write marks as pages show them."))

    def clean_shape(self) -> str:
        return self._marks_or("shape", _numbered, _("Write a mail address with a number, or marks as pages show them."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if not self.conditions().mark_a_hand:
            self.add_error(None, str(NoConditions()))
        elif said["thing"] and not _is_there(self.its_board(), said["thing"]):
            self.add_error("thing", _("There is no such thing on this board."))
        elif said["since"] and said["until"] and said["since"] > said["until"]:
            self.add_error("until", _("This is before the beginning."))
        return said

    def its_board(self) -> Board:
        return board_of(self.cleaned_data["board"])

    def conditions(self) -> Conditions:
        said: dict[str, Any] = {
            name: self.cleaned_data[name] for name in Conditions.__dataclass_fields__ if name not in ("since", "until")
        }
        said |= {name: at.isoformat() if (at := self.cleaned_data[name]) else "" for name in ("since", "until")}
        return Conditions(**said)

    def has_reason(self) -> bool:
        """Whether a reason is given; if not, the form says so."""
        if not self.cleaned_data["reason"].strip():
            self.add_error("reason", str(ReasonMissing()))
        return not self.errors

    def _marks_or(self, name: str, accepts: Any, refusal: Any) -> str:
        text: str = self.cleaned_data[name].strip()
        if text and not all(MARK.fullmatch(word) for word in text.split()):
            try:
                accepts(text)
            except ValueError as error:
                raise forms.ValidationError(refusal) from error
        return text


def _nothing_else(text: str) -> None:
    raise ValueError(text)


def _numbered(text: str) -> None:
    if not pattern_of(text):
        raise ValueError(text)


def _is_there(board: Board, thing: str) -> bool:
    try:
        return bool(board.things.filter(pk=thing).exists())
    except (ValueError, forms.ValidationError):
        return False
