"""What people type about themselves and each other."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opengov.brand import language_choices
from opengov.emails import canonical

from . import activity, notifications, time_zones
from .enums import OrganizationRole, Pace, PortalRole
from .models import Organization, User


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Display name"),
        help_text=_("The name that people you work with see. Without one, they see your e-mail address."),
        required=False,
        max_length=80,
        validators=User._meta.get_field("display_name").validators,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("The language in which the portal writes to you."), choices=language_choices
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Times on the pages that you see are in this zone."))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones.choices(now)  # type: ignore[attr-defined]


class NotificationForm(forms.Form):
    """How often, for each kind of mail."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(person.notification_preferences.values_list("kind", "pace"))
        for kind in notifications.kinds():
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label,
                choices=[(pace.value, pace.label) for pace in kind.paces],
                widget=forms.RadioSelect,
                initial=chosen.get(kind.key, kind.default.value),
            )

    def choices(self) -> dict[str, Pace]:
        return {kind: Pace(pace) for kind, pace in self.cleaned_data.items()}


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only a person who signs in with this address can accept."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=language_choices)

    def __init__(self, *args: Any, roles: type[OrganizationRole] | type[PortalRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles.choices  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language() or settings.LANGUAGE_CODE


class DelegationForm(forms.Form):
    """Who signs on the official's behalf; another person of the organization."""

    delegate = forms.ModelChoiceField(User.objects.none(), label=_("Delegate"))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, organization: Organization, delegator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__organization=organization, is_active=True).exclude(pk=delegator.pk).distinct()
        self.fields["delegate"].queryset = people.order_by("display_name", "email")  # type: ignore[attr-defined]


class DeletionForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Type it to confirm that you want to delete this account."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        if canonical(self.cleaned_data["email"]) != canonical(self.user.email):
            raise ValidationError(_("This is not the e-mail address of this account."), code="other")
        return self.cleaned_data["email"]


class ActivityFilterForm(forms.Form):
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.EmailField(label=_("E-mail of the person"), required=False)
    target_type = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    target_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Anything")), *((verb, activity.label_of(verb)) for verb in activity.verbs())]  # type: ignore[attr-defined]

    def clean_person(self) -> User | None:
        email = self.cleaned_data["person"]
        if not email:
            return None
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise ValidationError(_("Nobody has this address."), code="unknown")
        return person

    def clean(self) -> dict[str, Any]:
        """Days become moments in the reader's zone: from the beginning of the first to the end of the last."""
        cleaned = super().clean() or {}
        for name, moment in (("since", time.min), ("until", time.max)):
            if cleaned.get(name):
                cleaned[name] = timezone.make_aware(datetime.combine(cleaned[name], moment))
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", ValidationError(_("The last day is before the first."), code="order"))
        return cleaned
