"""Tags and filters of the frame; they are built in, no `{% load %}` is needed."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def number(value: float | int | str | None, digits: int | None = None) -> str:
    """A number as the reader's language writes it: 1,234,567.50 or 1 234 567,50."""
    if value is None or value == "":
        return ""
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)
