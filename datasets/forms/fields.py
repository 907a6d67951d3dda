"""How lists, codes and objects of the schema look in a form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..geometry import bounding_box
from ..plain_text import many_lines, one_line


class PlainField(forms.CharField):
    """Text without what nobody sees; on one line, unless it is written in a text area."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return many_lines(text) if isinstance(self.widget, forms.Textarea) else one_line(text)


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LeanSelect(forms.SelectMultiple):
    """The same list, written at once: Django renders a template for each of the hundreds of choices."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SafeString(" selected") if code in chosen else "", label) for code, label in self.choices),
        )
        rest = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{} multiple>{}</select>', name, rest, options)


class ShapedField(forms.JSONField):
    """JSON of one shape: an object, or a list of objects."""

    def __init__(self, *, shape: type, **options: Any) -> None:
        super().__init__(**options)
        self.shape = shape

    def validate(self, value: Any) -> None:
        super().validate(value)
        parts = value if isinstance(value, list) else []
        if value and (not isinstance(value, self.shape) or not all(isinstance(part, dict) for part in parts)):
            raise ValidationError(
                _("This is not an object, in curly brackets.") if self.shape is dict else _("This is not a list of objects."),
                code="shape",
            )


class GeometryField(ShapedField):
    """A GeoJSON geometry with a box that lies on the earth."""

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and bounding_box(value) is None:
            raise ValidationError(_("This is not a GeoJSON geometry."), code="geometry")


class CheckList(forms.CheckboxSelectMultiple):
    """Boxes to tick, those that are ticked first, written at once as `LeanSelect` is; a long list has a field to narrow it."""

    MANY = 24

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        rows = sorted(self.choices, key=lambda choice: choice[0] not in chosen)
        attributes = self.build_attrs(self.attrs, attrs)
        stem = attributes.pop("id", f"id_{name}")
        boxes = format_html_join(
            "",
            '<li><label><input type="checkbox" name="{}" value="{}" id="{}_{}"{}> {}</label></li>',
            ((name, code, stem, row, SafeString(" checked") if code in chosen else "", label)
             for row, (code, label) in enumerate(rows)),
        )  # fmt: skip
        narrow = SafeString(" data-narrow") if len(rows) > self.MANY else ""
        return format_html('<ul class="check-list" id="{}"{}>{}</ul>', stem, narrow, boxes)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""


class WordsInput(forms.Widget):
    """A list of words: a field for each, and some more that are empty. `words` are proposed as one types."""

    EMPTY = 2
    use_fieldset = True

    def __init__(self, attrs: Any = None, words: Sequence[str] = ()) -> None:
        super().__init__(attrs)
        self.words = words

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = self.build_attrs(self.attrs, attrs)
        stem = attributes.pop("id", f"id_{name}")
        rows = [*(value or []), *[""] * self.EMPTY]
        fields = format_html_join(
            "",
            '<li><input name="{}" id="{}_{}" value="{}" list="{}_words" aria-label="{}"{}></li>',
            (
                (name, stem, row, word, stem, _("Keyword %(number)s") % {"number": row + 1}, flatatt(attributes))
                for row, word in enumerate(rows)
            ),
        )
        proposals = format_html_join("", '<option value="{}">', ((word,) for word in self.words))
        return format_html(
            '<ol class="words" id="{}" data-words>{}</ol><datalist id="{}_words">{}</datalist>', stem, fields, stem, proposals
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        found: list[str] = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return found

    def id_for_label(self, id_: str) -> str:
        return ""


class WordsField(forms.Field):
    """Keywords: 2 to 140 characters each, none twice."""

    widget = WordsInput
    SHORTEST, LONGEST = 2, 140

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(word for each in value or [] if (word := " ".join(one_line(str(each)).split()))))

    def validate(self, value: Any) -> None:
        for word in value:
            if not self.SHORTEST <= len(word) <= self.LONGEST:
                raise ValidationError(_("“%(word)s”: a keyword has 2 to 140 characters.") % {"word": word}, code="length")
