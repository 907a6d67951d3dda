"""The metadata of a dataset as labelled facts, in the order of the page. What is not known is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opengov.dates import date_text

from ..models import Dataset
from . import terms
from .addresses import search_url
from .texts import Text, text_of

Label = str | Promise
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a fact; `url` where it leads somewhere, `day` where it is a date."""

    text: Text
    url: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    label: Label
    items: tuple[Item, ...]


def web_url(value: str) -> str:
    """The address if it is one of the web, else nothing: a stored `javascript:` address becomes no link."""
    return value if value.lower().startswith(WEB) else ""


def details(row: Dataset) -> list[Fact]:
    """Everything that the record says about itself but its texts, its resources and its relationships."""
    facts = [
        *_about(row),
        *_when(row),
        *_who(row),
        *_where(row),
        *_geospatial(row),
        *_publication(row),
        _one(_("Record identifier"), str(row.pk)),
    ]
    return [fact for fact in facts if fact.items]


def contact(row: Dataset) -> tuple[Item, ...]:
    """The ways to reach who answers for the data."""
    items = []
    if row.maintainer_email:
        items.append(Item(Text(row.maintainer_email), _mail(row.maintainer_email)))
    form = str(text_of(row, "maintainer_contact_form"))
    if web_url(form):
        items.append(Item(Text(_("Contact form")), form))
    return tuple(items)


def license_fact(row: Dataset) -> Fact:
    choice = terms.choice("license", row.license_id)
    known = Item(Text(choice.label), web_url(choice.url)) if choice else Item(Text(row.license_id))
    return Fact(_("Licence"), (known,) if row.license_id else ())


def _about(row: Dataset) -> Iterator[Fact]:
    yield _choices(_("Subject"), "subject", row.subject, "subject")
    yield _choices(_("Collection"), "collection", [row.collection], "collection")
    yield _choices(_("Topic category"), "topic_category", row.topic_category)
    yield _choices(_("Audience"), "audience", row.audience)
    yield _text(_("Series"), row, "data_series_name")
    yield _text(_("Issue of the series"), row, "data_series_issue_identification")
    program = text_of(row, "program_page_url")
    yield Fact(_("Program page"), (Item(program, web_url(str(program))),) if program else ())
    doi = row.digital_object_identifier
    yield Fact(_("DOI"), (Item(Text(doi), f"https://doi.org/{quote(doi.rpartition('doi.org/')[2])}"),) if doi else ())


def _when(row: Dataset) -> Iterator[Fact]:
    yield _day(_("Date published"), row.date_published)
    yield _day(_("Date modified"), row.date_modified)
    yield _day(_("Date modified at source"), row.federated_date_modified)
    yield _day(_("Released on the portal"), row.portal_release_date)
    yield _choices(_("Update frequency"), "frequency", [row.frequency], "frequency")


def _who(row: Dataset) -> Iterator[Fact]:
    then = text_of(row, "org_title_at_publication")
    now = text_of(row.owner_org, "title") if row.owner_org else Text("")
    yield Fact(_("Publisher at publication"), (Item(then),) if then and then.value != now.value else ())
    yield _text(_("Section"), row, "org_section")
    yield _one(_("Creator"), row.creator)
    yield _text(_("Contributor"), row, "contributor")
    names = [str((credit.get("credit_name") or {}).get(code, "")) for credit in row.credit for code in ("en", "fr")]
    yield Fact(_("Credit"), tuple(Item(Text(name)) for name in dict.fromkeys(names) if name))
    yield Fact(_("Contact"), contact(row))
    yield _text(_("Metadata contact"), row, "metadata_contact")
    yield _choices(_("Jurisdiction"), "jurisdiction", [row.jurisdiction], "jurisdiction")
    yield license_fact(row)


def _where(row: Dataset) -> Iterator[Fact]:
    yield _choices(_("Region"), "geographic_region", row.geographic_region, "region")
    yield _choices(_("Place of publication"), "geographic_region", row.place_of_publication)


def _geospatial(row: Dataset) -> Iterator[Fact]:
    yield _choices(_("Status"), "status", [row.status])
    yield _choices(_("Spatial representation"), "spatial_representation_type", row.spatial_representation_type)
    yield _choices(_("Form of presentation"), "presentation_form", [row.presentation_form])
    yield _one(_("Reference system"), row.reference_system_information)
    yield _choices(_("Association"), "association_type", row.association_type)


def _publication(row: Dataset) -> Iterator[Fact]:
    yield _one(_("Edition"), row.edition)
    yield _one("ISBN", row.isbn)
    yield _one("ISSN", row.issn)
    yield _one(_("Government of Canada catalogue number"), row.gc_catalogue_number)
    yield _text(_("Dates of the series"), row, "series_publication_dates")


def _one(label: Label, value: str) -> Fact:
    return Fact(label, (Item(Text(value)),) if value else ())


def _text(label: Label, row: Dataset, field: str) -> Fact:
    text = text_of(row, field)
    return Fact(label, (Item(text),) if text else ())


def _day(label: Label, day: date | None) -> Fact:
    return Fact(label, (Item(Text(date_text(day)), day=day),) if day else ())


def _choices(label: Label, vocabulary: str, codes: Iterable[str], facet: str = "") -> Fact:
    """The labels of codes; each leads to the datasets that share it, where the search has such a facet."""
    return Fact(
        label,
        tuple(Item(Text(terms.label(vocabulary, code)), search_url(**{facet: code}) if facet else "") for code in codes if code),
    )


def _mail(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return f"mailto:{address}"
