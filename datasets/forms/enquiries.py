"""The forms through which people write to the portal, and staff answer."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import EnquiryKind, EnquiryState
from ..models import Dataset, Enquiry


def safe_page(value: str) -> str:
    """A path on this portal; what is none (another host, a script, something too long) becomes nothing."""
    longest = Enquiry._meta.get_field("page").max_length or 0
    return value if len(value) <= longest and re.fullmatch(r"/(?![/\\])[^\s\\\x00-\x1f]*", value) else ""


def dataset_at(page: str, user: User | AnonymousUser) -> Dataset | None:
    """The dataset whose page, or whose resource's page, this is, where the person may see it."""
    try:
        match = resolve(page.partition("?")[0])
    except Resolver404:
        return None
    if match.view_name not in ("datasets:dataset-detail", "datasets:resource-detail"):
        return None
    return Dataset.objects.visible_to(user).filter(name=next(iter((*match.kwargs.values(), *match.args)))).first()


class _EnquiryForm(forms.Form):
    """What both kinds share: the page that it is about, and a trap that people do not see and programs fill."""

    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False, label=_("Leave this field empty"), widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def clean_page(self) -> str:
        return safe_page(self.cleaned_data["page"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field is there to stop programs. Please empty it."))
        return ""

    def people_fields(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "website"]


class ContactForm(_EnquiryForm):
    """A question; about a dataset, where one is named."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.none(), to_field_name="name", required=False, label=_("Dataset"), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dataset"].queryset = Dataset.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["text"].label = _("Your message")
        self.fields["text"].help_text = _("Please leave out personal information that we do not need to answer.")
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].help_text = _("We answer to this address and show it to nobody.")


class FeedbackForm(_EnquiryForm):
    """Whether somebody found what they were looking for, and what they say of it."""

    found = forms.TypedChoiceField(
        label=_("Did you find what you were looking for?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ["found", "text", "email"]

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["text"].required = self.fields["email"].required = False
        self.fields["text"].label = _("What were you looking for, or what should be better?")
        self.fields["email"].label = _("Your e-mail address, if you would like an answer")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["dataset"] = dataset_at(cleaned.get("page", ""), self.user)
        return cleaned


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Plain text. It is mailed to the sender and shown under the code of the enquiry."),
    )


class CloseForm(forms.Form):
    note = forms.CharField(label=_("Reason, for the record"), max_length=500, required=False)


class QueueForm(forms.Form):
    """What the queue shows; without a state, what waits."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: [("", _("Waiting")), *EnquiryState.choices, ("all", _("All"))]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=lambda: [("", _("All")), *EnquiryKind.choices])
