"""Places on the pages of an upper room that lower rooms fill, in `AppConfig.ready()`: the upper room knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Context = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A template, and a function that gives its context for a request and, where the slot has one, the page's thing.

    `None` shows nothing.
    """

    template: str
    context: Context
    order: int


_panels: dict[str, list[Panel]] = {}


def fill(slot: str, template: str, context: Context, *, order: int = 100) -> None:
    """Show a template in a slot, such as `home`, or `dataset`, which is about a dataset's name.

    Panels stand by `order`, then as they came. The same again changes nothing.
    """
    panels = _panels.setdefault(slot, [])
    panel = Panel(template, context, order)
    if panel not in panels:
        panels.append(panel)
        panels.sort(key=lambda panel: panel.order)


def panels(slot: str, request: HttpRequest, *about: Any) -> list[SafeString]:
    """What the rooms show in a slot for this request, and for the thing that the page is about, rendered."""
    contexts = [(panel, panel.context(request, *about)) for panel in _panels.get(slot, [])]
    return [render_to_string(panel.template, context, request) for panel, context in contexts if context is not None]
