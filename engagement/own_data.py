"""This app's parts of a person's data: votes and follows of all boards, texts of all kinds, and the check before a first vote."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Part, register

from .boards import boards
from .models import HumanCheck, Report, TrailRemoval
from .moderation import kinds

Records = list[dict[str, Any]]


def register_parts() -> None:
    register(Part("engagement.checks", _("The check before your first vote"), _checks, _keep_nothing))
    register(
        Part(
            "engagement.votes",
            _("Your votes"),
            _votes,
            _erase_votes,
            remains=_("Your votes, without you: a keyed hash keeps the same address from voting again."),
        )
    )
    register(Part("engagement.ratings", _("Your ratings"), _ratings, _erase_ratings, remains=_("Your ratings, without you.")))
    register(
        Part("engagement.reports", _("What you reported"), _reports, _erase_reports, remains=_("Your reports, without you."))
    )
    register(Part("engagement.follows", _("What you follow"), _follows, _keep_nothing))
    register(
        Part(
            "engagement.texts", _("What you wrote on the boards"), _texts, _erase_texts, remains=_("What you wrote, without you.")
        )
    )


def _keep_nothing(user: User) -> None:
    """These rows go with the account."""


def _checks(user: User) -> Records:
    return [{"passed": row.passed_at, "way": row.way} for row in HumanCheck.objects.filter(user=user)]


def _votes(user: User) -> Records:
    return [
        {"board": board.key, "for": str(vote.thing), "cast": vote.cast_at, "state": vote.state.value}
        for board in boards("votes")
        for vote in board.votes.objects.filter(voter=user).select_related("thing").order_by("pk")
    ]


def _erase_votes(user: User) -> None:
    for board in boards("votes"):
        board.votes.objects.filter(voter=user).update(voter=None)


def _ratings(user: User) -> Records:
    return [
        {"board": board.key, "of": str(rating.thing), "stars": rating.stars, "rated": rating.rated_at}
        for board in boards("ratings")
        for rating in board.ratings.objects.filter(rater=user).select_related("thing").order_by("pk")
    ]


def _erase_ratings(user: User) -> None:
    for board in boards("ratings"):
        board.ratings.objects.filter(rater=user).update(rater=None)


def _reports(user: User) -> Records:
    rows = Report.objects.filter(reporter=user).order_by("pk")
    return [{**row} for row in rows.values("kind", "item", "reason", "note", "reported_at", "outcome")]


def _erase_reports(user: User) -> None:
    Report.objects.filter(reporter=user).update(reporter=None)


def _follows(user: User) -> Records:
    return [
        {"board": board.key, "thing": str(follow.thing), "since": follow.since}
        for board in boards("follows")
        for follow in board.follows.objects.filter(person=user).select_related("thing").order_by("pk")
    ]


def _texts(user: User) -> Records:
    return [
        {"kind": kind.key, "written": item.created_at, "moderation": item.moderation, "reason": item.moderation_reason}
        | {name: getattr(item, name) for name in kind.texts}
        for kind in kinds()
        for item in kind.model._default_manager.filter(author=user).order_by("pk")
    ]


def _erase_texts(user: User) -> None:
    for kind in kinds():
        kind.model._default_manager.filter(author=user).update(author=None)
    TrailRemoval.objects.filter(author=user).update(author=None)
