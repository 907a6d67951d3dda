"""Fields for what the schema keeps as objects: whom to thank, how to reach somebody, which texts a machine translated."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import CheckList

LANGUAGES = (("en", gettext_lazy("in English")), ("fr", gettext_lazy("in French")))
CONTACT = (  # of CI_Contact in ISO 19115
    ("delivery_point", gettext_lazy("Street address")),
    ("city", gettext_lazy("City")),
    ("administrative_area", gettext_lazy("Province or territory")),
    ("postal_code", gettext_lazy("Postal code")),
    ("country", gettext_lazy("Country")),
    ("telephone", gettext_lazy("Telephone")),
    ("electronic_mail_address", gettext_lazy("E-mail address")),
)
LONGEST = 500
Row = tuple[str, str | Promise, Sequence[str]]  # name of its inputs, its label, what stands in English and in French


class TwoColumns(forms.Widget):
    """Rows of texts, English beside French; each input says which it is."""

    use_fieldset = True

    def rows(self, name: str, value: Any) -> Iterable[Row]:
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        stem = (attrs or {}).get("id", f"id_{name}")
        lines = format_html_join(
            "",
            '<div class="side-by-side">{}</div>',
            (
                (
                    format_html_join(
                        "",
                        '<p class="field"><label for="{0}_{1}_{2}">{3} <span class="soft">({4})</span></label>'
                        '<input class="input" name="{5}_{2}" id="{0}_{1}_{2}" lang="{2}" value="{6}" maxlength="{7}"></p>',
                        (
                            (stem, number, code, label, language, inputs, text, LONGEST)
                            for (code, language), text in zip(LANGUAGES, texts, strict=True)
                        ),
                    ),
                )
                for number, (inputs, label, texts) in enumerate(self.rows(name, value))
            ),
        )
        return format_html('<div id="{}">{}</div>', stem, lines)

    def id_for_label(self, id_: str) -> str:
        return ""


class CreditInput(TwoColumns):
    """A row for each name, and one that is empty."""

    def rows(self, name: str, value: Any) -> Iterable[Row]:
        for number, credit in enumerate([*(value or []), {}], start=1):
            yield name, _("Name %(number)s") % {"number": number}, _both(credit.get("credit_name"))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        if not hasattr(data, "getlist"):
            return list(data.get(name, []))
        names = zip(data.getlist(f"{name}_en"), data.getlist(f"{name}_fr"), strict=False)
        return [{"credit_name": {"en": english.strip(), "fr": french.strip()}} for english, french in names]


class CreditField(forms.Field):
    """`held`: what the record has, whose other properties stay with the names that stay."""

    widget = CreditInput

    def __init__(self, *, held: Any, **options: Any) -> None:
        super().__init__(**options)
        self.held = {_both(credit.get("credit_name")): credit for credit in held or []}

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        named = [(_both(credit.get("credit_name")), credit) for credit in value or []]
        return [self.held.get(names, credit) for names, credit in named if any(names)]


class ContactInput(TwoColumns):
    """A row for each part of an address."""

    def rows(self, name: str, value: Any) -> Iterable[Row]:
        for key, label in CONTACT:
            yield f"{name}_{key}", label, [str(_part(value, code).get(key) or "") for code, _language in LANGUAGES]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, dict[str, str]]:
        found = {
            code: {key: text for key, _label in CONTACT if (text := data.get(f"{name}_{key}_{code}", "").strip())}
            for code, _language in LANGUAGES
        }
        return {code: part for code, part in found.items() if part}


class ContactField(forms.Field):
    """`held`: what the record has, whose other properties stay; all of it where nothing was written."""

    widget = ContactInput

    def __init__(self, *, held: Any, **options: Any) -> None:
        super().__init__(**options)
        self.held = held
        keys = {key for key, _label in CONTACT}
        self.others = {
            code: {key: value for key, value in part.items() if key not in keys} if isinstance(part, dict) else part
            for code, part in (held or {}).items()
        }

    def to_python(self, value: Any) -> dict[str, Any]:
        if (value or {}) == _shown(self.held):
            return self.held or {}
        found = dict(self.others)
        for code, part in (value or {}).items():
            found[code] = {**_part(found, code), **part}
        return {code: part for code, part in found.items() if part}


class TranslatedByMachineField(forms.MultipleChoiceField):
    """Which texts a machine translated, and from which language: `{"title": "en"}`, where the French title is its work."""

    widget = CheckList

    def __init__(self, *, texts: Iterable[tuple[str, Any]], held: Any, **options: Any) -> None:
        choices = []
        for stem, label in texts:
            choices.append((f"{stem}:en", _("%(field)s: the French is translated from English") % {"field": label}))
            choices.append((f"{stem}:fr", _("%(field)s: the English is translated from French") % {"field": label}))
        super().__init__(choices=choices, **options)
        offered = {code.partition(":")[0] for code, _label in choices}
        self.others = {stem: origin for stem, origin in (held or {}).items() if stem not in offered}

    def prepare_value(self, value: Any) -> Any:
        return [f"{stem}:{origin}" for stem, origin in value.items()] if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        chosen = [code.split(":") for code in super().clean(value)]
        if len({stem for stem, _origin in chosen}) < len(chosen):
            raise ValidationError(_("A text is translated from one language only."), code="both")
        return self.others | dict(chosen)


def _shown(contact: Any) -> dict[str, dict[str, str]]:
    """What the inputs show of it, and give back where nobody writes."""
    found = {
        code: {key: text for key, _label in CONTACT if (text := str(_part(contact, code).get(key) or "").strip())}
        for code, _language in LANGUAGES
    }
    return {code: part for code, part in found.items() if part}


def _both(texts: Any) -> tuple[str, ...]:
    return tuple(str(_part({"": texts}, "").get(code) or "").strip() for code, _language in LANGUAGES)


def _part(value: Any, code: str) -> dict[str, Any]:
    part = (value or {}).get(code)
    return part if isinstance(part, dict) else {}
