"""What the board shows on pages of other rooms."""

from typing import Any

from django.http import HttpRequest

from .models import DataRequest

MOST = 3


def most_wanted(request: HttpRequest) -> dict[str, Any] | None:
    """On the front page: what most people wait for."""
    waiting = DataRequest.objects.on_the_board().waiting().order_by("-votes_counted", "-pk")
    things = list(waiting.select_related("organization")[:MOST])
    return {"things": things} if things else None


def of_dataset(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """On the page of a dataset: the requests that it answers."""
    things = list(DataRequest.objects.on_the_board().filter(dataset__name=name).order_by("-votes_counted", "-pk"))
    return {"things": things} if things else None
