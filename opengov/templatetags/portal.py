"""Tags and filters of the frame; they are built in, no `{% load %}` is needed."""

import math
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opengov import slots
from opengov.dates import with_ordinal, zone_text
from opengov.markdown import render

register = template.Library()


@register.filter
def number(value: float | int | str | None, digits: int | None = None) -> str:
    """A number as the reader's language writes it: 1,234,567.50 or 1 234 567,50."""
    if value is None or value == "":
        return ""
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)


@register.simple_tag
@cache
def icon(name: str, modifier: str = "") -> str:
    """An icon of `opengov/icons.svg`: decoration beside words, hidden from screen readers."""
    address = f"{static('opengov/icons.svg')}#{name}"
    style = f"icon icon--{modifier}" if modifier else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', style, address)


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Django's filter, with the French first of the month."""
    return with_ordinal(defaultfilters.date(value, form))


@register.filter(expects_localtime=True)
def zone(instant: datetime | None) -> str:
    """The zone of the reader's clock at an instant: EST, HNE."""
    return zone_text(instant) if instant else ""


@register.filter
def filesize(size: int | None) -> str:
    """A size in bytes as people read it: 12 kB, 3.4 MB; in thousands, as file managers show it."""
    if size is None:
        return ""
    units = [_("bytes"), _("kB"), _("MB"), _("GB"), _("TB")]
    power = min(int(math.log10(size)) // 3, len(units) - 1) if size else 0
    amount = size / 1000**power
    return f"{number(amount, 1 if power and amount < 100 else 0)}\u00a0{units[power]}"


@register.filter
def markdown(text: str | None, headings_from: int = 3) -> SafeString:
    """Markdown or HTML of others as safe HTML, its highest heading at this level."""
    return render(text, headings_from=headings_from)


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], name: str, *about: Any) -> SafeString:
    """What the rooms below show in a slot of this page, which may be about a thing."""
    return mark_safe("".join(slots.panels(name, context["request"], *about)))


@register.filter
def degrees(value: float, axis: str) -> str:
    """A longitude (axis `x`) or latitude (`y`) in words of maps: 75.7° W; in French the west is O."""
    side = (_("E") if value > 0 else _("W")) if axis == "x" else (_("N") if value > 0 else _("S"))
    amount = number(f"{abs(value):.2f}".rstrip("0").rstrip("."))
    return f"{amount}°" if value == 0 else f"{amount}°\u00a0{side}"
