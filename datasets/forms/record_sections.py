"""The form of a record: which fields stand together, and what helps to fill each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import RecordType
from ..models import Dataset

Label = str | Promise
GEOSPATIAL = ("fgp", "geogratis")
PUBLICATIONS = ("publication",)


@dataclass(frozen=True)
class Part:
    """A group of fields by their stems. `is_folded`: shown closed; nothing in it is owed."""

    key: str
    title: Label
    stems: tuple[str, ...]
    is_folded: bool = False


PARTS = (
    Part("what", _("What it is"), ("title", "notes", "keywords", "subject", "collection")),
    Part(
        "who",
        _("Who answers for it"),
        ("maintainer_email", "maintainer_contact_form", "org_section", "creator", "contributor"),
    ),
    Part("terms", _("Under what terms"), ("license_id", "jurisdiction", "restrictions")),
    Part(
        "when",
        _("When, and how often"),
        ("date_published", "date_modified", "frequency", "time_period_coverage_start", "time_period_coverage_end"),
    ),
    Part("people", _("Whom to thank, and where to write"), ("credit", "contact_information"), is_folded=True),
    Part("related", _("What it belongs to"), ("links",), is_folded=True),
    Part("translated", _("Texts that a machine translated"), ("machine_translated",), is_folded=True),
    Part("where", _("Where"), ("geographic_region", "spatial", "place_of_publication"), is_folded=True),
    Part(
        "more",
        _("More about it"),
        (
            "additional_notes", "topic_category", "audience", "program_page_url", "data_series_name",
            "data_series_issue_identification", "digital_object_identifier",
        ),
        is_folded=True,
    ),
)  # fmt: skip
GEOSPATIAL_PART = Part(
    "geospatial",
    _("Geospatial records"),
    (
        "status", "presentation_form", "association_type", "spatial_representation_type", "aggregate_identifier",
        "reference_system_information", "hierarchy_level", "parent_id", "file_id", "metadata_contact", "position_name",
        "responsible_role",
    ),
)  # fmt: skip
PUBLICATION_PART = Part(
    "publication",
    _("Publications"),
    (
        "issuance", "issuance_frequency", "date_created", "date_captured", "edition", "series_publication_dates", "isbn", "issn",
        "gc_catalogue_number", "departmental_identification_number", "pspc_identification_number",
    ),
)  # fmt: skip


def parts_of(dataset: Dataset) -> tuple[Part, ...]:
    """What this kind of record needs."""
    extra = []
    if dataset.collection in GEOSPATIAL:
        extra.append(GEOSPATIAL_PART)
    if dataset.record_type == RecordType.PUBLICATION or dataset.collection in PUBLICATIONS:
        extra.append(PUBLICATION_PART)
    return (*PARTS, *extra)


HELP: dict[str, Label] = {
    "title": _("What somebody would search for: the topic, the place and the period. No acronyms that outsiders do not know."),
    "notes": _("What is in it, why it was made, and what a reader must know to use it well. Markdown works."),
    "keywords": _("Words that people search for and that the title does not hold. One to a field."),
    "subject": _("One or several: people browse the catalogue by them."),
    "collection": _("The kind of record. Geospatial records and publications have further fields."),
    "maintainer_email": _("A mailbox of the department, not of a person. Readers see it."),
    "maintainer_contact_form": _("The address of a contact form, where there is one."),
    "org_section": _("The branch or office that made it."),
    "creator": _("The person or body that made the data, where it is not the department."),
    "contributor": _("Who else had a part in it."),
    "credit": _("Those who helped to make the data. An empty row is left out."),
    "contact_information": _("The address of the office that answers for the data, where a mailbox is not enough."),
    "links": _(
        "Datasets or pages that this record continues, replaces or belongs to. Write the address, the name or the title of a "
        "dataset; words of a title show those that have them."
    ),
    "machine_translated": _("Readers are told beside the text. Take the mark away when a person has read the translation."),
    "license_id": _("Federal data go out under the Open Government Licence – Canada, unless somebody else holds the rights."),
    "jurisdiction": _("The level of government that the data belong to."),
    "restrictions": _("Open data have none."),
    "date_published": _("The day on which the data were first given out, here or elsewhere."),
    "date_modified": _("The day of the last change of the data, not of this description."),
    "frequency": _("How often new data come. The portal reminds you when they are late."),
    "time_period_coverage_start": _("The first day that the data speak of."),
    "time_period_coverage_end": _("The last day that the data speak of; leave it empty while it goes on."),
    "geographic_region": _("The places that the data speak of."),
    "spatial": _("A GeoJSON geometry, in degrees; it puts the record on the map and into searches by area."),
    "place_of_publication": _("Where the department gave it out."),
    "additional_notes": _("What does not belong in the description: methods, limits, thanks."),
    "topic_category": _("The categories of ISO 19115, for geospatial data above all."),
    "audience": _("Who it was made for."),
    "program_page_url": _("The page of the program that the data come from."),
    "data_series_name": _("The name of the series, where the record is one of several."),
    "data_series_issue_identification": _("Which one of the series it is: a number or a date."),
    "digital_object_identifier": _("Such as 10.25318/1810000401."),
    "status": _("Whether the data are finished, planned or still being added to."),
    "reference_system_information": _("The coordinate system, such as EPSG:4326."),
}
