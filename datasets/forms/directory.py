from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Vocabulary
from ..selectors import terms


class OrganizationListForm(forms.Form):
    """What the list of organizations shows."""

    q = forms.CharField(
        label=_("Name or acronym"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    jurisdiction = forms.ChoiceField(
        label=_("Jurisdiction"),
        required=False,
        choices=lambda: [
            ("", _("All")),
            *((choice.code, choice.label) for choice in terms.choices(Vocabulary.JURISDICTION).values()),
        ],
    )
    all = forms.BooleanField(label=_("Also those without datasets"), required=False)
