from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from datasets.enums import Vocabulary
from datasets.models import Dataset
from datasets.selectors import terms
from opengov.templatetags.portal import number

from .enums import ANSWERS, MEANINGS, MEANINGS_FOR_IDEAS, PROMISING, Reason, RequestKind, RequestStatus
from .errors import CannotMerge, DueDatePassed
from .models import DataRequest

Choices = list[tuple[str, Any]]


def organizations() -> Any:
    """Those that can be asked, in the reader's order."""
    return Organization.objects.filter(is_active=True).order_by(f"title_{get_language()}")


def subjects() -> Choices:
    return [(choice.code, choice.label) for choice in terms.choices(Vocabulary.SUBJECT).values() if choice.is_active]


class RequestForm(forms.ModelForm):
    """What a person asks for, in their own language."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        to_field_name="name",
        required=False,
        label=_("Who holds the data?"),
        empty_label=_("I don’t know"),
    )
    subject = forms.ChoiceField(label=_("Subject"), required=False)

    class Meta:
        model = DataRequest
        fields = ("kind", "title", "description", "organization", "subject", "reason", "why", "use")
        widgets = {
            "kind": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 6}),
            "why": forms.Textarea(attrs={"rows": 3}),
            "use": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "kind": _("What would you like to propose?"),
            "title": _("Title"),
            "description": _("Description"),
            "reason": _("In what capacity do you need it?"),
            "why": _("Why does it matter?"),
            "use": _("What would you do with it?"),
        }
        help_texts = {
            "title": _("A few words by which others find it: what, where, since when."),
            "reason": _("The board shows it, not who you are."),
            "description": _("Leave out personal information: everybody reads this. Your name is not shown."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations()  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", _("None of these")), *subjects()]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", _("Choose…")), *Reason.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = RequestKind.choices  # type: ignore[attr-defined]


class BoardForm(forms.Form):
    """The filters of the board."""

    SORTS = [("votes", _("Most votes")), ("newest", _("Newest")), ("oldest", _("Oldest")), ("answered", _("Answered lately"))]

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *RequestKind.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *RequestStatus.choices])
    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="name", label=_("Organization"), required=False, empty_label=_("All")
    )
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = DataRequest.objects.on_the_board().values("organization")
        self.fields["organization"].queryset = organizations().filter(pk__in=asked)  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", _("All")), *subjects()]  # type: ignore[attr-defined]

    def show_counts(self, counts: Mapping[str, Mapping[Any, int]]) -> None:
        """Say beside each choice how many requests it would show; one that shows none goes, unless it is chosen.

        Args:
            counts: from a filter to its choices; of organizations by their keys.
        """
        fields: Any = self.fields
        keys = {each.name: each.pk for each in fields["organization"].queryset}
        for name, of_choices in counts.items():
            everything, *choices = fields[name].choices
            numbers = [(value, label, of_choices.get(keys.get(str(value), value), 0)) for value, label in choices]
            shown = [
                (value, f"{label} ({number(count)})")
                for value, label, count in numbers
                if count or str(value) == self[name].value()
            ]
            fields[name].widget.choices = [everything, *shown]


class AnswerForm(forms.Form):
    """A department's answer, in both languages.

    `dataset` is chosen among those that are offered: the last that the department released, what a search for `find` gives, and
    the one whose address or name was put there.
    """

    status = forms.ChoiceField(
        label=_("Status"), choices=[(each.value, each.label) for each in ANSWERS], widget=forms.RadioSelect
    )
    comment_en = forms.CharField(
        label=_("Comment in English"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7, "lang": "en"})
    )
    comment_fr = forms.CharField(
        label=_("Comment in French"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7, "lang": "fr"})
    )
    find = forms.CharField(
        label=_("Find a dataset"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("Words of its title, or the address of its page."),
    )
    dataset = forms.ModelChoiceField(
        Dataset.objects.none(),
        to_field_name="name",
        required=False,
        label=_("Dataset"),
        widget=forms.RadioSelect,
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="name", required=False, label=_("Transfer to"), empty_label="—"
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=_("Person who sees to it"),
        empty_label=_("Nobody yet"),
        help_text=_("Shown to the public by name."),
    )
    due_on = forms.DateField(
        label=_("Final answer due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Shown to the public."),
    )

    def __init__(self, *args: Any, request: DataRequest, offered: Sequence[Dataset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanings = MEANINGS_FOR_IDEAS if request.kind == RequestKind.IDEA else MEANINGS
        fields: Any = self.fields
        fields["dataset"].queryset = Dataset.objects.published()
        fields["dataset"].widget.choices = [(each.name, str(each)) for each in offered]
        fields["organization"].queryset = organizations().exclude(pk=request.organization_id)
        fields["owner"].queryset = people_of(request)

    @property
    def statuses(self) -> list[tuple[Any, Any]]:
        """The choices of a status, each with what it means."""
        return [(choice, self.meanings[RequestStatus(choice.data["value"])]) for choice in self["status"]]

    def clean_status(self) -> RequestStatus:
        return RequestStatus(self.cleaned_data["status"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        if said.get("status") in PROMISING and not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say by when people may expect the final answer."))
        if said.get("status") in PROMISING and said.get("due_on") and said["due_on"] < timezone.localdate():
            self.add_error("due_on", str(DueDatePassed()))
        said.pop("find", None)
        return said


class OwnerForm(forms.Form):
    """Who of the department sees to a request."""

    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, label=_("Person who sees to it"), empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, request: DataRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(request)  # type: ignore[attr-defined]


class DepartmentForm(forms.Form):
    """The department that a request is sent to."""

    organization = forms.ModelChoiceField(Organization.objects.none(), to_field_name="name", label=_("Send it to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations()  # type: ignore[attr-defined]


def people_of(request: DataRequest) -> Any:
    """Those of the department that is asked."""
    people = User.objects.filter(memberships__organization=request.organization_id, is_active=True).distinct()
    return people.order_by("display_name", "email")


class MergeForm(forms.Form):
    """The request that another is merged into."""

    into = forms.CharField(
        label=_("Merge into"), help_text=_("The number or the address of the request that stays."), max_length=300
    )

    def __init__(self, *args: Any, request: DataRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_into(self) -> DataRequest:
        number = self.cleaned_data["into"].strip().rstrip("/").rpartition("/")[2]
        rows = DataRequest.objects.on_the_board().select_related("organization")
        found = rows.filter(pk=number).first() if number.isdecimal() else None
        if found is None:
            raise ValidationError(_("No request on the board has this number."))
        if found == self.request or found.kind != self.request.kind:
            raise ValidationError(str(CannotMerge()))
        return found
