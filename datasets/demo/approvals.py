"""Records of two departments in every state between draft and public, led there by the services that people use."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from accounts.models import Organization, User

from ..enums import Criterion, Decision
from ..models import Dataset, Resource, Revision
from ..selectors.working_copies import working_copy
from ..services import gates, reviews, revisions
from ..services.files import store
from .content import Keywords, Text
from .packages import dataset_id, resource_id
from .people import OTHER_TEAM, OWN_OFFICIAL, PUBLISHER, TEAM, Team

POSITION = "Information Management Senior Official / Responsable principale de la gestion de l'information"
APPROVAL = """I approve the release of this record on the portal, as it was reviewed.

J'approuve la diffusion de cette fiche sur le portail, telle qu'elle a été examinée."""
NO_AGREEMENT = "No agreement or contract limits the release. / Aucune entente ni aucun contrat ne limite la diffusion."
RETURNED = """The table still holds the names of two landowners. Please remove them.

Le tableau contient encore le nom de deux propriétaires. Veuillez les retirer."""


@dataclass(frozen=True, slots=True)
class Case:
    """`days` ago its editor began; `rows` are its table."""

    slug: str
    title: Text
    description: Text
    keywords: Keywords
    days: int
    rows: str
    lead: Callable[["Way"], None]
    team: Team = TEAM


@dataclass(slots=True)
class Way:
    """A record on its way, with the people who lead it. Each step is an hour after the one before."""

    revision: Revision
    team: Team
    people: dict[str, User]
    now: dt.datetime

    @property
    def editor(self) -> User:
        return self.people[self.team.editor]

    @property
    def official(self) -> User:
        return self.people[self.team.official]

    def later(self) -> dt.datetime:
        self.now += dt.timedelta(hours=1)
        return self.now

    def submit(self) -> None:
        gates.submit(revision=self.revision, actor=self.editor, now=self.later())

    def answer(self, *, passes: bool) -> None:
        answers = dict.fromkeys(Criterion, reviews.Given(Decision.MET)) | {
            Criterion.OTHER: reviews.Given(Decision.NOT_APPLICABLE, NO_AGREEMENT),
        }
        given = answers if passes else dict(list(answers.items())[:3])
        revision = Revision.objects.get(pk=self.revision.pk)
        actor, now = self.people[self.team.reviewer], self.later()
        reviews.review(revision=revision, content=revision.content_hash, answers=given, passes=passes, actor=actor, now=now)

    def sign(self) -> None:
        revision, official, now = Revision.objects.get(pk=self.revision.pk), self.official, self.later()
        said = gates.Communication(
            name=official.display_name,
            position=POSITION,
            signed_on=now.date(),
            text=APPROVAL,
        )
        gates.sign(revision=revision, content=revision.content_hash, communication=said, actor=official, now=now)

    def release(self, visible_from: dt.datetime | None = None) -> None:
        now = self.later()
        gates.release(revision=self.revision, actor=self.people[PUBLISHER], now=now, visible_from=visible_from)

    def revise(self, title: Text) -> None:
        """Begin a change of the public record: another title."""
        dataset = Dataset.objects.get(pk=self.revision.dataset_id)
        self.revision = revisions.revise(dataset=dataset, actor=self.editor, now=self.later())
        copy = working_copy(self.revision)
        copy.dataset.title_en, copy.dataset.title_fr = title
        edit = revisions.Edit(dataset=copy.dataset)
        number = self.revision.number
        revisions.save(revision=self.revision, number=number, edit=edit, actor=self.editor, now=self.later())


def to_draft(way: Way) -> None:
    """Its description in French is still to come."""
    copy = working_copy(way.revision)
    copy.dataset.notes_fr = ""
    number, edit = way.revision.number, revisions.Edit(dataset=copy.dataset)
    revisions.save(revision=way.revision, number=number, edit=edit, actor=way.editor, now=way.later())


def to_review(way: Way) -> None:
    way.submit()
    way.answer(passes=False)


def to_given_back(way: Way) -> None:
    to_release(way)
    gates.retract(revision=way.revision, reason=RETURNED, actor=way.official, now=way.later())


def to_sign_off(way: Way) -> None:
    way.submit()
    way.answer(passes=True)


def to_release(way: Way) -> None:
    to_sign_off(way)
    way.sign()


def to_public(way: Way) -> None:
    to_release(way)
    way.release()


def to_public_later(way: Way) -> None:
    """A new record that is released, and seen by nobody outside until its instant: three weeks from when it began."""
    begun = way.now
    to_release(way)
    way.release(begun + dt.timedelta(days=21))


def to_change(way: Way, title: Text) -> None:
    """A public record with a change that waits for sign-off."""
    to_public(way)
    way.revise(title)
    to_sign_off(way)


def to_schedule(way: Way, title: Text) -> None:
    """A public record with a change that is signed and set to an instant, three weeks from when it began."""
    begun = way.now
    to_change(way, title)
    way.sign()
    way.release(begun + dt.timedelta(days=21))


def to_discarded(way: Way) -> None:
    gates.discard(revision=way.revision, actor=way.editor, now=way.later())


CASES = (
    Case(
        "wetland-inventory-draft",
        Text("Inventory of wetlands", "Inventaire des milieux humides"),
        Text("Wetlands by region, with their area.", "Milieux humides par région, avec leur superficie."),
        Keywords(["wetland", "habitat"], ["milieu humide", "habitat"]),
        2,
        "region,area_km2\nNorth,420\nSouth,318\n",
        to_draft,
    ),
    Case(
        "rain-gauge-volunteers",
        Text("Rain gauges of volunteers", "Pluviomètres des bénévoles"),
        Text("Daily rain that volunteers measure.", "Pluie quotidienne mesurée par des bénévoles."),
        Keywords(["rain", "volunteers"], ["pluie", "bénévoles"]),
        3,
        "station,contact_email,postal_code,rain_mm\n1,ana@example.org,K1A 0H3,12.4\n2,luc@example.org,J8X 4B5,9.1\n",
        to_review,
    ),
    Case(
        "shoreline-erosion",
        Text("Erosion of shorelines", "Érosion des rivages"),
        Text("Retreat of shorelines, in metres a year.", "Recul des rivages, en mètres par année."),
        Keywords(["erosion", "shore"], ["érosion", "rivage"]),
        6,
        "shore,metres_a_year\nGaspé,0.8\nHaida Gwaii,0.3\n",
        to_given_back,
    ),
    Case(
        "ice-thickness-lakes",
        Text("Thickness of the ice on lakes", "Épaisseur de la glace des lacs"),
        Text("Weekly thickness of the ice, in centimetres.", "Épaisseur hebdomadaire de la glace, en centimètres."),
        Keywords(["ice", "lakes"], ["glace", "lacs"]),
        5,
        "lake,week,ice_cm\nSimcoe,2026-W05,31\nNipissing,2026-W05,44\n",
        to_sign_off,
    ),
    Case(
        "river-temperatures",
        Text("Temperatures of rivers", "Températures des rivières"),
        Text("Mean daily temperatures of rivers.", "Températures quotidiennes moyennes des rivières."),
        Keywords(["river", "temperature"], ["rivière", "température"]),
        4,
        "river,day,celsius\nOttawa,2026-08-01,21.4\nFraser,2026-08-01,16.9\n",
        to_release,
    ),
    Case(
        "migratory-bird-counts",
        Text("Counts of migratory birds", "Dénombrements d'oiseaux migrateurs"),
        Text("Birds counted at observatories, by species.", "Oiseaux dénombrés aux observatoires, par espèce."),
        Keywords(["birds", "migration"], ["oiseaux", "migration"]),
        30,
        "species,count\nBranta canadensis,1840\nAnser caerulescens,960\n",
        to_public,
    ),
    Case(
        "snow-depth-stations",
        Text("Depth of snow at stations", "Hauteur de neige aux stations"),
        Text("Depth of the snow each morning.", "Hauteur de la neige chaque matin."),
        Keywords(["snow"], ["neige"]),
        25,
        "station,day,snow_cm\nAlert,2026-01-15,38\nGander,2026-01-15,62\n",
        partial(to_change, title=Text("Depth of snow at weather stations", "Hauteur de neige aux stations météorologiques")),
    ),
    Case(
        "pollen-counts",
        Text("Counts of pollen", "Comptes polliniques"),
        Text("Grains of pollen in the air of cities.", "Grains de pollen dans l'air des villes."),
        Keywords(["pollen", "air"], ["pollen", "air"]),
        12,
        "city,day,grains_m3\nWindsor,2026-06-01,120\nTrois-Rivières,2026-06-01,96\n",
        partial(to_schedule, title=Text("Daily counts of pollen", "Comptes polliniques quotidiens")),
    ),
    Case(
        "noise-at-ports",
        Text("Noise at ports", "Bruit dans les ports"),
        Text("A trial of 2025 that is not continued.", "Un essai de 2025 qui n'est pas poursuivi."),
        Keywords(["noise", "ports"], ["bruit", "ports"]),
        40,
        "port,decibels\nSaint John,61\nVancouver,66\n",
        to_discarded,
    ),
    Case(
        "air-quality-sensors",
        Text("Low-cost sensors of air quality", "Capteurs économiques de la qualité de l'air"),
        Text("Fine particles measured by sensors on schools.", "Particules fines mesurées par des capteurs sur des écoles."),
        Keywords(["air quality", "sensors"], ["qualité de l'air", "capteurs"]),
        7,
        "school,day,pm25_ug_m3\n1,2026-10-01,6.2\n2,2026-10-01,8.9\n",
        to_public_later,
    ),
    Case(
        "household-repairs-survey",
        Text("Survey of household repairs", "Enquête sur les réparations des ménages"),
        Text("What households spend on repairs, by region.", "Ce que les ménages consacrent aux réparations, par région."),
        Keywords(["households", "repairs"], ["ménages", "réparations"]),
        8,
        "region,dollars\nAtlantic,1240\nPrairies,1410\n",
        to_review,
        OTHER_TEAM,
    ),
    Case(
        "commuting-times-survey",
        Text("Survey of commuting times", "Enquête sur la durée des déplacements"),
        Text("Minutes from home to work, by city.", "Minutes du domicile au travail, par ville."),
        Keywords(["commuting", "work"], ["déplacements", "travail"]),
        9,
        "city,minutes\nHalifax,24\nMontréal,31\n",
        to_sign_off,
        OWN_OFFICIAL,
    ),
)


def save_cases(organizations: Mapping[str, Organization], now: dt.datetime) -> int:
    """Make the records that are missing, each in its state; those that are there stay as they are.

    Args:
        organizations: by name, with the departments of all teams.

    Returns:
        How many were made.
    """
    there = set(Dataset.objects.filter(pk__in=[dataset_id(case.slug) for case in CASES]).values_list("pk", flat=True))
    missing = [case for case in CASES if dataset_id(case.slug) not in there]
    people = User.objects.in_bulk(_addresses(), field_name="email")
    for case in missing:
        begun = now - dt.timedelta(days=case.days)
        revision = revisions.open_record(
            dataset=_dataset(case, organizations[case.team.department]),
            actor=people[case.team.editor],
            now=begun,
            resources=[_resource(case)],
        )
        case.lead(Way(revision, case.team, people, begun))
    return len(missing)


def _addresses() -> set[str]:
    """Of everybody who leads a record."""
    teams = (case.team for case in CASES)
    return {PUBLISHER}.union(*((team.editor, team.reviewer, team.official) for team in teams))


def _dataset(case: Case, organization: Organization) -> Dataset:
    return Dataset(
        id=dataset_id(case.slug),
        name=case.slug,
        owner_org=organization,
        title_en=case.title.en,
        title_fr=case.title.fr,
        notes_en=case.description.en,
        notes_fr=case.description.fr,
        keywords_en=case.keywords.en,
        keywords_fr=case.keywords.fr,
        subject=["nature_and_environment"],
        frequency="as_needed",
        date_published=dt.date(2026, 11, 1),
        license_id="ca-ogl-lgo",
        jurisdiction="federal",
        restrictions="unrestricted",
        maintainer_email=organization.opengov_email,
    )


def _resource(case: Case) -> Resource:
    kept = store(case.rows.encode())
    return Resource(
        id=resource_id(case.slug, "table"),
        name_en="Table",
        name_fr="Tableau",
        resource_type="dataset",
        format="CSV",
        language=["en", "fr"],
        file=kept.path,
        sha256=kept.sha256,
        size=kept.size,
        filename=f"{case.slug}.csv",
    )
