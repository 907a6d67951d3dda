"""What the board shows on pages of other rooms."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Organization
from datasets.models import Revision

from .models import DataRequest
from .selectors.desk import may_be_answered_by
from .selectors.response_times import response_times_of

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


def of_organization(request: HttpRequest, organization: Organization) -> dict[str, Any]:
    """On the page of an organization: what it is asked for most, and how fast it answers."""
    return {
        "organization": organization,
        "things": _open_ones(organization=organization),
        "figures": response_times_of(organization.pk, timezone.now()),
    }


def of_subject(request: HttpRequest, code: str) -> dict[str, Any] | None:
    """On the page of a subject: what is asked for most."""
    things = _open_ones(subject=code)
    return {"code": code, "things": things} if things else None


def no_results(request: HttpRequest) -> dict[str, Any]:
    """Where a search finds no dataset: to ask for one, with the words of the search."""
    return {"words": request.GET.get("q", "").strip()[:200]}


def _open_ones(**of: Any) -> list[DataRequest]:
    waiting = DataRequest.objects.on_the_board().waiting().filter(**of)
    return list(waiting.order_by("-votes_counted", "-pk")[:MOST])


def of_release(request: HttpRequest, revision: Revision) -> dict[str, Any] | None:
    """On the page of a change that was released, for those who answer for the department: which requests is it an answer to?"""
    things = may_be_answered_by(revision.dataset, request.user)
    return {"things": things, "dataset": revision.dataset} if things else None
