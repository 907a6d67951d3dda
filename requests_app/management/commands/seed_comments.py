"""Ratings and comments for the demonstration, taken through the services that people use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from datasets.demo.people import OTHER_TEAM, PEOPLE, TEAM
from datasets.models import Dataset
from engagement.boards import Board, board_of
from engagement.models import AbstractComment
from engagement.moderation import kind_of
from engagement.services import comments, moderation, ratings

MODERATOR, ENGLISH, FRENCH = "moderator@example.org", "citizen@example.org", "citoyenne@example.org"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, `days` ago; the answers come a day after each other. `waits`: for a moderator."""

    author: str
    language: str
    text: str
    days: int = 1
    answers: "tuple[Said, ...]" = ()
    waits: bool = False


STARS = {
    "climate-daily-observations-airports": (5, 4, 5, 5, 3, 4, 5, 4),
    "gdp-by-industry-monthly": (4, 4, 5, 2, 4),
    "disaster-events-1980-2009": (3, 4, 2),
    "area-burned-by-province": (5, 5, 4, 5),
    "milk-production-and-butterfat": (3,),
}
ON_DATASETS = {
    "climate-daily-observations-airports": (
        Said(FRENCH, "fr", "Serait-il possible d'avoir aussi la vitesse du vent?", 0, waits=True),
        Said(ENGLISH, "en", "Is the precipitation column rain only, or does it include **melted snow**?", 26, (
            Said(TEAM.editor, "en", "It is the total, in millimetres of water:\n\n- rain as it falls;\n- snow, melted and "
                 "measured.\n\nWe have added this to the description of the column."),
            Said(ENGLISH, "en", "Thank you, that explains the winter values."),
        )),
        Said(FRENCH, "fr", "Il manque les observations du 12 au 15 mars pour une station. Est-ce une panne de l'instrument?", 9, (
            Said(TEAM.editor, "fr", "Oui, le capteur était en réparation. Les cellules vides sont voulues : nous ne "
                 "remplaçons pas une mesure qui n'a pas été prise."),
        )),
        Said("author@example.org", "fr", "Très utile pour nos cours de statistique au secondaire, merci.", 3),
    ),
    "gdp-by-industry-monthly": (
        Said(ENGLISH, "en", "Which base year do the chained dollars use? I see it in the notes only.", 15, (
            Said(OTHER_TEAM.editor, "en", "2017. You are right that it belongs with the column; it will be in the next release."),
        )),
    ),
    "area-burned-by-province": (
        Said("member@example.org", "en", "We use it for a map of smoke days. The causes by province are *very* telling.", 6),
    ),
}  # fmt: skip
ON_REQUESTS = {
    "Hourly water levels of rivers, as a download for a whole year": (
        Said(FRENCH, "fr", "Notre comité de bassin en aurait besoin lui aussi, surtout pour les crues d'avril.", 30, (
            Said(TEAM.editor, "fr", "Bonne nouvelle : les stations du sud du Québec sont parmi les 40 premières."),
        )),
        Said(ENGLISH, "en", "One file a year would be perfect, even without the quality flags.", 11),
    ),
    "Qualité de l'air à proximité des écoles": (
        Said("reviewer@example.org", "en", "Some of the short campaigns were run with school boards, who hold the places.", 14),
    ),
}  # fmt: skip


class Command(BaseCommand):
    help = "Let the people of the demonstration rate and comment, after seed_requests. Again, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also on a portal that is served over HTTPS")

    def handle(self, *args: object, **options: object) -> None:
        if settings.HTTPS and not options["force"]:
            raise CommandError("This portal is served over HTTPS. If the demonstration's comments are wanted, say --force.")
        people = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
        if len(people) < len(PEOPLE):
            raise CommandError("The demonstration's people are missing: run seed_demo first.")
        now, made = timezone.now(), 0
        _rate(people, now)
        for key, column, things in (("datasets", "name", ON_DATASETS), ("requests", "title", ON_REQUESTS)):
            board = board_of(key)
            for named, threads in things.items():
                thing = board.things.filter(**{column: named}).first()
                if thing is not None and not board.comments.objects.filter(thing=thing).exists():
                    made += sum(_thread(board, thing, said, people, now) for said in threads)
        self.stdout.write(f"{made} comments made.")


def _rate(people: dict[str, User], now: datetime) -> None:
    board = board_of("datasets")
    for thing in Dataset.objects.published().filter(name__in=STARS):
        raters = [user for user in people.values() if board.may_rate(user, thing)]
        for rater, stars in zip(raters, STARS[thing.name], strict=False):
            ratings.rate(board=board, thing=thing, rater=rater, stars=stars, now=now)
    ratings.count()


def _thread(board: Board, thing: object, said: Said, people: dict[str, User], now: datetime) -> int:
    """Write a comment with its answers. Returns how many were written."""
    at = now - timedelta(days=said.days, hours=3)
    top = _say(board, thing, said, people, at)
    for number, answer in enumerate(said.answers, start=1):
        _say(board, thing, answer, people, at + timedelta(days=number), top)
    return 1 + len(said.answers)


def _say(
    board: Board, thing: object, said: Said, people: dict[str, User], at: datetime, parent: AbstractComment | None = None
) -> AbstractComment:
    author = people[said.author]
    comment = comments.write(
        board=board, thing=thing, author=author, text=said.text, language=said.language, now=at, parent=parent
    )
    if not said.waits:
        kind = kind_of(comment.kind_key)
        moderation.approve(kind=kind, pk=comment.pk, moderator=people[MODERATOR], now=at + timedelta(hours=2))
    return comment
