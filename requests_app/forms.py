from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from datasets.enums import Vocabulary
from datasets.models import Dataset
from datasets.selectors import terms

from .enums import ANSWERS, RequestKind, RequestStatus
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
            "reason": _("What is it for?"),
            "why": _("Why does it matter?"),
            "use": _("How would the data be used?"),
        }
        help_texts = {
            "title": _("A few words by which others find it: what, where, since when."),
            "description": _("Leave out personal information: everybody reads this. Your name is not shown."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations()  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", _("None of these")), *subjects()]  # type: ignore[attr-defined]
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


class AnswerForm(forms.Form):
    """A department's answer, in both languages."""

    status = forms.ChoiceField(label=_("Status"), choices=[(each.value, each.label) for each in ANSWERS])
    comment_en = forms.CharField(
        label=_("Comment in English"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "lang": "en"})
    )
    comment_fr = forms.CharField(
        label=_("Comment in French"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "lang": "fr"})
    )
    dataset = forms.CharField(
        label=_("Dataset"),
        required=False,
        max_length=300,
        help_text=_("For “Published”: the address of the dataset’s page, or its name in it."),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        to_field_name="name",
        required=False,
        label=_("Transfer to"),
        help_text=_("For “Transferred”."),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, label=_("Person who sees to it"), help_text=_("Shown to the public by name.")
    )
    due_on = forms.DateField(
        label=_("Answer due"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Shown to the public.")
    )

    def __init__(self, *args: Any, request: DataRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations().exclude(pk=request.organization_id)  # type: ignore[attr-defined]
        people = User.objects.filter(memberships__organization=request.organization_id, is_active=True).distinct()
        self.fields["owner"].queryset = people.order_by("display_name", "email")  # type: ignore[attr-defined]

    def clean_status(self) -> RequestStatus:
        return RequestStatus(self.cleaned_data["status"])

    def clean_dataset(self) -> Dataset | None:
        named = self.cleaned_data["dataset"].strip().rstrip("/").rpartition("/")[2].partition("?")[0]
        if not named:
            return None
        found = Dataset.objects.published().filter(name=named).first()
        if found is None:
            raise ValidationError(_("No public dataset has this address."))
        return found


class MergeForm(forms.Form):
    """The request that another is merged into."""

    into = forms.CharField(
        label=_("Merge into"), help_text=_("The number or the address of the request that stays."), max_length=300
    )

    def clean_into(self) -> DataRequest:
        number = self.cleaned_data["into"].strip().rstrip("/").rpartition("/")[2]
        found = DataRequest.objects.on_the_board().filter(pk=number).first() if number.isdecimal() else None
        if found is None:
            raise ValidationError(_("No request on the board has this number."))
        return found
