"""The forms of the gates: the review's answers, the sign-off, reasons, instants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import time_zones
from accounts.models import User

from ..enums import Criterion, Decision
from ..errors import CommunicationMissing
from ..models import Answer, Dataset, Revision
from ..selectors.findings import Finding
from ..services.reviews import Given
from .attachments import AttachmentField

MOST_AHEAD = timedelta(days=2 * 366)
OLDEST_SIGNED = timedelta(days=366)
HELP = {
    Criterion.CONFIDENTIALITY: _(
        "Nothing in it is confidential: no Cabinet confidence, legal advice, or secret of a third party."
    ),
    Criterion.AUTHORITY: _("The department owns it or may release it under the Open Government Licence, and the owner agreed."),
    Criterion.FORMATS: _("It is in open formats that machines read, and documents can be read by people with disabilities."),
    Criterion.PRIVACY: _("Nobody can be identified from it, alone or together with what is public elsewhere (Privacy Act)."),
    Criterion.OFFICIAL_LANGUAGES: _("Titles, descriptions and documents are of equal quality in both (Official Languages Act)."),
    Criterion.SECURITY: _("It endangers no person, place or system (Policy on Government Security)."),
    Criterion.OTHER: _("Laws, agreements and contracts of the department allow its release."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion as the page asks it; `is_open`: it is the next one to be answered, or its answer has an error."""

    criterion: Criterion
    label: str | Promise
    help: str | Promise
    decision: forms.BoundField
    note: forms.BoundField
    attachment: forms.BoundField
    findings: list[Finding]
    is_open: bool

    @property
    def answer(self) -> Decision | None:
        """What is answered so far."""
        value = self.decision.value()
        return Decision(value) if value in Decision.values else None

    @property
    def has_warning(self) -> bool:
        return any(finding.is_warning for finding in self.findings)


class ReviewForm(forms.Form):
    """One answer for each criterion; those that are not given yet may wait. `content`: the hash of what the reviewer sees."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, answers: Iterable[Answer], findings: Mapping[Criterion, list[Finding]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = findings
        given = {answer.criterion: answer for answer in answers}
        for criterion in Criterion:
            answer = given.get(criterion)
            self.fields[f"decision_{criterion}"] = forms.ChoiceField(
                label=gettext("Decision on “%(criterion)s”") % {"criterion": criterion.label},
                choices=Decision.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=answer.decision if answer else "",
            )
            self.fields[f"note_{criterion}"] = forms.CharField(
                label=gettext("Note on “%(criterion)s”") % {"criterion": criterion.label},
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=answer.note if answer else "",
            )
            self.fields[f"attachment_{criterion}"] = AttachmentField(
                label=gettext("Attachment on “%(criterion)s”") % {"criterion": criterion.label},
                initial=answer.attached if answer else None,
            )

    def questions(self) -> list[Question]:
        following = next((each for each in Criterion if self[f"decision_{each}"].value() not in Decision.values), None)
        return [self._question(criterion, is_next=criterion == following) for criterion in Criterion]

    def _question(self, criterion: Criterion, *, is_next: bool) -> Question:
        decision, note, attachment = (self[f"{part}_{criterion}"] for part in ("decision", "note", "attachment"))
        is_open = is_next or any(field.errors for field in (decision, note, attachment))
        findings = self.findings.get(criterion, [])
        return Question(criterion, criterion.label, HELP[criterion], decision, note, attachment, findings, is_open)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for criterion in Criterion:
            says_why = bool(cleaned.get(f"note_{criterion}") or cleaned.get(f"attachment_{criterion}"))
            decision = cleaned.get(f"decision_{criterion}")
            if decision == Decision.NOT_MET and not says_why and f"attachment_{criterion}" not in self.errors:
                self.add_error(f"note_{criterion}", _("Say why the criterion is not met."))
            elif decision == "" and says_why:
                self.add_error(f"decision_{criterion}", _("Choose a decision: without one, nothing is kept of this answer."))
        return cleaned

    def given(self) -> dict[Criterion, Given]:
        """The answers, without those that are not given yet."""
        said = self.cleaned_data
        return {
            criterion: Given(Decision(said[f"decision_{criterion}"]), said[f"note_{criterion}"], said[f"attachment_{criterion}"])
            for criterion in Criterion
            if said[f"decision_{criterion}"]
        }


class SignOffForm(forms.Form):
    content = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(label=_("Name"), max_length=120)
    position = forms.CharField(label=_("Title of the position"), max_length=200)
    signed_on = forms.DateField(
        label=_("Date of the communication"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("Communication"),
        help_text=_("A text, or the letter as a file, or both."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    attachment = AttachmentField(label=_("Letter"))

    def show(self, content: str) -> None:
        """Let what was written stand for another state of the record: the one that the page shows now."""
        self.initial["content"] = content
        if self.is_bound:
            posted: Any = self.data
            self.data = posted.copy()
            self.data["content"] = content  # type: ignore[index]

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This day is still to come."))
        if day < today - OLDEST_SIGNED:
            raise forms.ValidationError(_("This day is more than a year ago: a communication speaks of the record as it is."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"text", "attachment"} & self.errors.keys() and not cleaned.get("text") and not cleaned.get("attachment"):
            self.add_error("text", str(CommunicationMissing()))
        return cleaned


class NothingForm(forms.Form):
    """A move that asks nothing but whether one means it."""


class SubmitForm(forms.Form):
    note = forms.CharField(
        label=_("What changes, and why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The editor is told, and it stays in the history."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PublicReasonForm(forms.Form):
    """What the public reads where the record stood."""

    reason_en = forms.CharField(
        label=_("Reason in English"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "lang": "en"})
    )
    reason_fr = forms.CharField(
        label=_("Reason in French"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )


class TakeBackForm(forms.Form):
    """A version that is taken back; of one resource alone, where one is named."""

    number = forms.IntegerField(min_value=1)
    resource = forms.UUIDField(required=False)


class WithdrawalForm(PublicReasonForm):
    successor = forms.CharField(
        label=_("Successor"),
        help_text=_("The address or the identifier of the public dataset that takes its place, if there is one."),
        max_length=2000,
        required=False,
    )

    def clean_successor(self) -> Dataset | None:
        said = self.cleaned_data["successor"].rstrip("/").rpartition("/")[2]
        if not said:
            return None
        found = Dataset.objects.published().at(said).first()
        if found is None:
            raise forms.ValidationError(_("There is no public dataset with this address or identifier."))
        return found


class InstantForm(forms.Form):
    """An instant with its zone: a time of the clock alone would be another one in Vancouver."""

    visible_from = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty to release now."),
    )
    zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = time_zones.choices(now)  # type: ignore[attr-defined]
        self.fields["zone"].initial = user.time_zone
        self.now = now

    def full_clean(self) -> None:
        """Read the time of the clock in the zone that was chosen."""
        zone = self.data.get(self.add_prefix("zone"), "")
        with timezone.override(ZoneInfo(zone) if zone in time_zones.known() else None):
            super().full_clean()

    def clean_visible_from(self) -> datetime | None:
        instant: datetime | None = self.cleaned_data["visible_from"]
        if instant and instant <= self.now:
            raise forms.ValidationError(_("This instant has passed."))
        if instant and instant > self.now + MOST_AHEAD:
            raise forms.ValidationError(_("This instant is too far away: a release is scheduled for the next two years at most."))
        return instant

    def instant_fields(self) -> list[forms.BoundField]:
        return [self["visible_from"], self["zone"]]


class ScheduleForm(InstantForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visible_from"].required = True
        self.fields["visible_from"].help_text = ""


class ReleaseManyForm(InstantForm):
    revisions = forms.ModelMultipleChoiceField(Revision.objects.none(), label=_("Records"))

    def __init__(self, *args: Any, waiting: QuerySet[Revision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revisions"].queryset = waiting  # type: ignore[attr-defined]
        self.fields["revisions"].error_messages |= {
            "required": _("Choose at least one record."),
            "invalid_choice": _("A record that you chose waits no longer: somebody was quicker."),
        }
