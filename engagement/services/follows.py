"""Follow a thing, and tell those who do what happens to it: each person once for an event, however it reaches them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.enums import Pace
from accounts.models import User
from accounts.services.notifications import notify, paces

from ..boards import Board

AT_A_TIME = 500  # people; a constant number of queries for each such group
SOONEST = list(Pace)


@dataclass(frozen=True, slots=True)
class Audience:
    """People who wait for news of a kind. `people`: their keys; some may be nobody's."""

    kind: str
    people: Iterable[Any]


@dataclass(frozen=True, slots=True)
class News:
    """What happened.

    Attributes:
        event: its name, for good, such as `requests.answer:7`: nobody is told of it twice.
        template: of the mail, as `opengov.mail.send_mail_to` has it.
        link: the path of the page that it is about, in the active language.
        words: from a language to more of the mail's context, for what is not the same in both.
    """

    event: str
    template: str
    link: Callable[[], str]
    at: datetime
    context: Mapping[str, Any]
    words: Callable[[str], Mapping[str, Any]] = lambda language: {}


def follow(*, board: Board, thing: Any, person: User, now: datetime) -> None:
    """Follow a thing from now on. Asked again, changes nothing; of two at once, one row is left, by constraint."""
    try:
        with transaction.atomic():
            board.follows.objects.get_or_create(thing=thing, person=person, defaults={"since": now})
    except IntegrityError:
        if not board.things.filter(pk=thing.pk).exists():
            raise


def unfollow(*, board: Board, thing: Any, person: User) -> None:
    """Hear no more of a thing, by its key. Asked again, changes nothing."""
    board.follows.objects.filter(thing=thing, person=person).delete()


@transaction.atomic
def move_follows(*, board: Board, source: Any, target: Any) -> int:
    """Let who followed a thing follow the one with which it was merged, each once. Returns how many moved; again, none."""
    follows = board.follows.objects.select_for_update().filter(thing__in=[source, target])
    there = set(follows.filter(thing=target).values_list("person", flat=True))
    of_source = follows.filter(thing=source)
    of_source.filter(person__in=there).delete()
    moved: int = of_source.update(thing=target)
    return moved


def followers(board: Board, things: Iterable[Any]) -> Audience:
    """Who follows one of these things of a board."""
    return Audience(board.news, board.follows.objects.filter(thing__in=things).order_by().values_list("person", flat=True))


def tell_followers(*, board: Board, thing: Any, news: News, actor: User | None = None) -> None:
    """Tell who follows a thing, but not whose deed it is."""
    tell([followers(board, [thing])], news, without=[actor.pk] if actor else [])


def tell(audiences: Sequence[Audience], news: News, *, without: Iterable[UUID | None] = ()) -> int:
    """Tell everybody whom the news concern, each in their language and once, also where they are in several audiences.

    Of the kinds by which it could reach a person, it goes by the one of which they want mails soonest; by the first of equals.
    Who was told of this event before is not told again. Returns how many people were looked at.

    Args:
        without: keys of people who are not to hear of it: it is their own deed, or they are told otherwise.
    """
    ways: dict[UUID, list[str]] = {}
    for audience in audiences:
        for pk in audience.people:
            ways.setdefault(pk, []).append(audience.kind)
    for pk in without:
        if pk is not None:
            ways.pop(pk, None)
    keys = list(ways)
    for start in range(0, len(keys), AT_A_TIME):
        _tell_some({pk: ways[pk] for pk in keys[start : start + AT_A_TIME]}, news)
    return len(ways)


def _tell_some(ways: Mapping[UUID, list[str]], news: News) -> None:
    people = list(User.objects.filter(pk__in=ways, is_active=True))
    kinds = sorted({kind for found in ways.values() for kind in found})
    chosen = {kind: paces(kind, people) for kind in kinds}
    groups: dict[tuple[str, str], list[User]] = {}
    for person in people:
        kind = min(ways[person.pk], key=lambda each: SOONEST.index(chosen[each][person.pk]))
        groups.setdefault((kind, person.language), []).append(person)
    for (kind, language), group in groups.items():
        with translation.override(language):
            page = settings.SITE_URL + reverse("engagement:follow-list")
            context = {"follows_address": page, **news.context, **news.words(language)}
        notify(people=group, kind=kind, template=news.template, link=news.link, now=news.at, context=context, event=news.event)
