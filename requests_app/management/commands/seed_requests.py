"""Requests for the demonstration, taken through the services that people use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Organization, User
from datasets.demo.people import PEOPLE, TEAM
from datasets.models import Dataset
from engagement.boards import board_of
from engagement.moderation import kind_of
from engagement.services import moderation, vote_log, votes
from engagement.services.follows import follow

from ...enums import RequestStatus
from ...models import DataRequest
from ...services import answers, requests

MODERATOR = "moderator@example.org"
CITIZENS = {"en": "citizen@example.org", "fr": "citoyenne@example.org"}


@dataclass(frozen=True, slots=True)
class Case:
    """A request of somebody, `days` ago; `votes` is how many of the demonstration's people vote for it."""

    language: str
    title: str
    description: str
    department: str = ""
    subject: str = ""
    reason: str = "personal"
    use: str = ""
    days: int = 30
    votes: int = 0
    status: RequestStatus | None = None
    comment_en: str = ""
    comment_fr: str = ""
    kind: str = "request"
    answer: str = ""  # how the English title of the dataset that answers it begins
    waits: bool = False  # for a moderator: the first that its writer asks


CASES = (
    Case(
        "en", "Every letter that the minister received",
        "All of them, please.", "", "government_and_politics", "other", "", 2, waits=True,
    ),
    Case(
        "en", "Hourly water levels of rivers, as a download for a whole year",
        "The levels are on the site one station and one month at a time. A file for each station and year would let volunteers "
        "see how floods travel down a river.",
        "ec", "nature_and_environment", "scientific", "Flood maps for our watershed group.", 41, 9, RequestStatus.IN_PROGRESS,
        "We are preparing yearly files for the 40 stations with the longest records.",
        "Nous préparons des fichiers annuels pour les 40 stations dont les relevés sont les plus longs.",
    ),
    Case(
        "fr", "Qualité de l'air à proximité des écoles",
        "Les stations actuelles sont rarement près des écoles. Existe-t-il des mesures ponctuelles, même anciennes?",
        "ec", "health_and_safety", "personal", "Choisir le trajet à pied le plus sain.", 33, 7, RequestStatus.UNDER_REVIEW,
        "We are checking which of the short campaigns since 2015 may be released.",
        "Nous vérifions quelles campagnes ponctuelles menées depuis 2015 peuvent être diffusées.",
    ),
    Case(
        "en", "Ice thickness on lakes, before 1960",
        "The table begins in 1960. Are there older observations on paper?",
        "ec", "nature_and_environment", "academic", "A thesis on freeze-up dates.", 75, 4, RequestStatus.NOT_HELD,
        "Observations before 1960 were not kept by the department. The provincial archives hold some.",
        "Le ministère n'a pas conservé les observations antérieures à 1960. Les archives provinciales en ont quelques-unes.",
    ),
    Case(
        "fr", "Normales climatiques sous forme de tableau",
        "Les normales sont dans un atlas. Un tableau, par ville et par mois, servirait à tous.",
        "ec", "nature_and_environment", "academic", "Un cours de géographie.", 64, 6, RequestStatus.PUBLISHED,
        "The normals of twenty cities are in the catalogue, a row for each city and month.",
        "Les normales de vingt villes sont au catalogue, une ligne par ville et par mois.",
        answer="Canadian climate normals",
    ),
    Case(
        "en", "Where the weather stations were moved",
        "A station that moves changes its series. Dates and places of the moves would let us mend them.",
        "ec", "science_and_technology", "scientific", "", 52, 3,
    ),
    Case(
        "en", "Job vacancies by small town",
        "The vacancies are by economic region, which is too large for planning a training course.",
        "statcan", "labour", "business", "Training offers that fit the jobs nearby.", 20, 6, RequestStatus.SENT,
        "The request is with the division that runs the survey.",
        "La demande est entre les mains de la division responsable de l'enquête.",
    ),
    Case(
        "fr", "Loyers moyens par quartier, chaque mois",
        "Les loyers publiés le sont une fois l'an et par ville. Un relevé mensuel par quartier aiderait les locataires.",
        "", "society_and_culture", "personal", "", 12, 8,
    ),
    Case(
        "en", "A map of bicycle counters across the country",
        "Cities publish counts in their own ways. Somebody could join them in one map with the portal's road data.",
        "", "transport", "personal", "", 9, 5, kind="idea",
    ),
)  # fmt: skip


class Command(BaseCommand):
    help = "Put requests on the board of the demonstration, with votes and answers, after seed_demo. Again, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also on a portal that is served over HTTPS")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HTTPS and not options["force"]:
            raise CommandError("This portal is served over HTTPS. If the demonstration's requests are wanted, say --force.")
        people = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
        if len(people) < len(PEOPLE):
            raise CommandError("The demonstration's people are missing: run seed_demo first.")
        new = [case for case in CASES if not DataRequest.objects.filter(title=case.title).exists()]
        for case in new:
            _save(case, people, timezone.now())
        vote_log.extend_chain()
        self.stdout.write(f"{len(new)} requests made, {len(CASES) - len(new)} were there.")


def _save(case: Case, people: dict[str, User], now: datetime) -> None:
    asked = now - timedelta(days=case.days)
    author = people[CITIZENS[case.language]]
    row = DataRequest(
        kind=case.kind,
        title=case.title,
        description=case.description,
        organization=Organization.objects.filter(name=case.department).first(),
        subject=case.subject,
        reason=case.reason,
        use=case.use,
    )
    requests.submit(request=row, author=author, language=case.language, now=asked)
    if case.waits:
        return
    moderation.approve(kind=kind_of("requests"), pk=row.pk, moderator=people[MODERATOR], now=asked + timedelta(hours=5))
    for number, voter in enumerate(list(people.values())[: case.votes], start=1):
        if voter != author:
            votes.cast(board=board_of("requests"), thing=row, voter=voter, now=asked + timedelta(days=number / 2))
    follow(board=board_of("requests"), thing=row, person=people[CITIZENS["fr" if case.language == "en" else "en"]], now=asked)
    dataset = Dataset.objects.published().filter(title_en__startswith=case.answer).first() if case.answer else None
    if case.status is not None and (dataset or not case.answer):
        due_on = (now + timedelta(days=30)).date()
        said = answers.Answer(case.status, case.comment_en, case.comment_fr, dataset=dataset, due_on=due_on)
        answers.answer(request=row, said=said, actor=people[TEAM.editor], now=asked + timedelta(days=case.days / 3))
