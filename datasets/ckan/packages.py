"""Read a CKAN package of any generation: the nightly dump of today, those of 2016 and 2017, and reduced records.

What the schema knows goes to its columns. What it does not know, and values that do not fit, stay among the extras under their
own key and come back on export; each value that did not fit is remarked upon. A missing field is never a reason to refuse.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from ..enums import RecordType, Vocabulary
from ..geometry import bounding_box
from ..incoming import IncomingDataset, IncomingResource, Publisher, Related, Unreadable, dataset_in
from ..models import Dataset, Resource
from .fields import (
    DATASET_CONSTANTS,
    DATASET_DERIVED,
    DATASET_FIELDS,
    DATASET_FORMER_KEYS,
    RESOURCE_CONSTANTS,
    RESOURCE_DERIVED,
    RESOURCE_FIELDS,
    RESOURCE_FORMER_KEYS,
    Field,
    empty_columns,
    max_lengths,
)
from .values import READERS, Reading, as_text, code_of, is_nothing, parse_time, safe_address, unpacked

PUBLICATION_TYPES = ("info", "doc")
COLLECTION_OF_TYPE = {"maps": "fgp", "doc": "publication"}
COLLECTION_OF_CATALOG_TYPE = {"data": "primary", "geo data": "geogratis", "publications": "publication"}
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
DATASET_SPECS = {spec.key: spec for spec in DATASET_FIELDS}
RESOURCE_SPECS = {spec.key: spec for spec in RESOURCE_FIELDS}
SLUG = re.compile(r"[-a-z0-9_]{2,100}$")


def read_package(package: Any) -> IncomingDataset:
    """A package as a record ready to be written.

    Raises:
        Unreadable: it is not an object, has no usable identifier, or was deleted at its source.
    """
    if not isinstance(package, dict):
        raise Unreadable("not an object")
    if package.get("state", "active") == "deleted":
        raise Unreadable("deleted at the source")
    pk = _identifier(package)
    into = _read_fields(package, Dataset, DATASET_SPECS, DATASET_CONSTANTS, DATASET_DERIVED, DATASET_FORMER_KEYS)
    _complete(package, into)
    record = IncomingDataset(id=pk, name=_name(package, pk, into), columns=into.columns, remarks=into.remarks)
    record.columns["record_type"] = (
        RecordType.PUBLICATION if package.get("type") in PUBLICATION_TYPES else RecordType.DATASET
    ).value
    record.publisher = read_publisher(package)
    record.created, record.modified = (_stamp(package, key, into) for key in ("metadata_created", "metadata_modified"))
    record.is_public = not package.get("private") and package.get("ready_to_publish") != "false"
    record.relationships = list(_relationships(package.get("relationship"), pk, into))
    _read_resources(package, record)
    return record


def _identifier(package: Mapping[str, Any]) -> UUID:
    text = package.get("id")
    if text is None and isinstance(package.get("name"), str):
        return uuid5(NAMESPACE_URL, package["name"])
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        raise Unreadable("no id" if text is None else "the id is not a UUID") from None


def _name(package: Mapping[str, Any], pk: UUID, into: Reading) -> str:
    name = package.get("name") or str(pk)
    if isinstance(name, str) and SLUG.match(name):
        return name
    into.remark("name", name, "not a slug")
    return str(pk)


def _read_fields(
    source: Mapping[str, Any],
    model: type[Dataset | Resource],
    specs: Mapping[str, Field],
    constants: Mapping[str, Any],
    derived: frozenset[str],
    former: Mapping[str, str],
    resource: str = "",
) -> Reading:
    empty = empty_columns(model) | {"machine_translated": {}, "extras": {}}
    into = Reading(empty, max_lengths(model), resource)
    for key, value in source.items():
        if key in derived or is_nothing(value) or (key in constants and constants[key] == value):
            continue
        new = former.get(key, key)
        if new is not key and not is_nothing(source.get(new)):
            if source[new] != value:
                into.columns["extras"][key] = value
        elif new in specs:
            READERS[specs[new].kind](specs[new], value, into)
        else:
            into.columns["extras"][key] = value
    return into


def _complete(package: Mapping[str, Any], into: Reading) -> None:
    """Read what stands under another key, or in another form, in some generation of packages."""
    columns = into.columns
    for key in ("title", "notes"):
        if not columns[f"{key}_en"] and not columns[f"{key}_fr"] and package.get(key):
            spec = DATASET_SPECS[f"{key}_translated"]
            READERS[spec.kind](spec, package[key], into)
    if not columns["keywords_en"] and not columns["keywords_fr"] and package.get("tags"):
        spec = DATASET_SPECS["keywords"]
        READERS[spec.kind](spec, columns["extras"].pop("tags"), into)
    if not columns["collection"]:
        catalog_type = str(package.get("catalog_type", "")).partition(" | ")[0].casefold()
        columns["collection"] = COLLECTION_OF_CATALOG_TYPE.get(catalog_type) or COLLECTION_OF_TYPE.get(
            str(package.get("type")), ""
        )
    contact = columns["contact_information"]
    columns["contact_information"] = {
        language: {CAMEL.sub("_", key).lower(): value for key, value in part.items() if value} if isinstance(part, dict) else part
        for language, part in contact.items()
    }
    if columns["spatial"] is not None and bounding_box(columns["spatial"]) is None:
        into.keep("spatial", columns["spatial"], "not a geometry on the earth")
        columns["spatial"] = None


def read_publisher(package: Mapping[str, Any]) -> Publisher | None:
    """The organization that a package names: by identifier or slug, with its titles where the package has them."""
    owner, organization = package.get("owner_org"), package.get("organization")
    organization = organization if isinstance(organization, dict) else {}
    titles = unpacked(
        package.get("organization_title") or organization.get("title_translated") or package.get("responsible_organization")
    )
    if organization.get("title") and not organization.get("title_translated"):
        titles = bilingual_title(str(organization["title"]))
    if not isinstance(titles, dict):
        titles = {"en": titles}
    pk, name = None, str(organization.get("name") or "")
    try:
        pk = UUID(owner)
    except (TypeError, ValueError, AttributeError):
        name = name or str(owner or "")
    if not (pk or name or titles.get("en") or titles.get("fr")):
        return None
    return Publisher(pk, name.lower(), str(titles.get("en") or ""), str(titles.get("fr") or ""))


def bilingual_title(text: str) -> dict[str, str]:
    """`Health Canada | Santé Canada` as its two halves; one title alone is taken as English, as CKAN does."""
    english, _, french = text.partition(" | ")
    return {"en": english.strip(), "fr": french.strip()}


def _stamp(source: Mapping[str, Any], key: str, into: Reading) -> Any:
    text = source.get(key)
    if not text:
        return None
    try:
        return parse_time(str(text))
    except ValueError:
        into.remark(key, text, "not a time")
        return None


def _relationships(value: Any, pk: UUID, into: Reading) -> list[Related]:
    found: list[Related] = []
    items = unpacked(value) or []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and (related := _related(item, pk, into)) and related not in found:
            found.append(related)
    return found


def _related(item: Mapping[str, Any], pk: UUID, into: Reading) -> Related | None:
    kind = code_of(Vocabulary.RELATIONSHIP_KIND, item.get("related_relationship"))
    related_type = code_of(Vocabulary.RELATED_TYPE, item.get("related_type") or "dataset")
    if kind is None or related_type is None:
        into.remark("relationship", dict(item), "unknown choice")
        return None
    addresses = safe_addresses(item.get("related_url"), "relationship", into)
    if not any(addresses):
        into.remark("relationship", dict(item), "no address")
        return None
    english, french = addresses
    if dataset_in(english or french) == pk:
        into.remark("relationship", dict(item), "of the record to itself")
        return None
    return Related(kind, related_type, english or french, french if english and french != english else "")


def safe_addresses(value: Any, key: str, into: Reading) -> tuple[str, str]:
    """The address in English and in French of a `related_url`; empty where it is not safe to link to."""
    value = unpacked(value)
    value = value if isinstance(value, dict) else {"en": value}
    english, french = (as_text(value.get(language) or "") or "" for language in ("en", "fr"))
    found = []
    for text in (english, french):
        address, reason = safe_address(text) if text else ("", "")
        if reason:
            into.remark(key, text, reason)
        found.append(address[:2000])
    return found[0], found[1]


def _read_resources(package: Mapping[str, Any], record: IncomingDataset) -> None:
    resources = unpacked(package.get("resources")) or []
    seen: set[UUID] = set()
    for position, source in enumerate(resources if isinstance(resources, list) else []):
        if not isinstance(source, dict):
            record.columns["extras"].setdefault("resources", []).append(source)
            continue
        resource = _read_resource(source, record, position)
        if resource.id in seen:
            resource.id = uuid5(record.id, f"{resource.id}/{position}")
        seen.add(resource.id)
        record.resources.append(resource)


def _read_resource(source: Mapping[str, Any], record: IncomingDataset, position: int) -> IncomingResource:
    try:
        pk = UUID(source.get("id"))
    except (TypeError, ValueError, AttributeError):
        pk = uuid5(record.id, str(source.get("id") or f"{source.get('url')} {source.get('name')}"))
    into = _read_fields(
        source, Resource, RESOURCE_SPECS, RESOURCE_CONSTANTS, RESOURCE_DERIVED, RESOURCE_FORMER_KEYS, resource=str(pk)
    )
    columns = into.columns
    columns["position"] = position
    for key in ("name", "description"):
        if not columns[f"{key}_en"] and not columns[f"{key}_fr"] and source.get(key):
            spec = RESOURCE_SPECS[f"{key}_translated"]
            READERS[spec.kind](spec, source[key], into)
    for item in columns["relationships"]:
        english, french = safe_addresses(item.get("related_url"), "relationship", into)
        item["related_url"] = {"en": english, "fr": french}
    stamps = [_stamp(source, key, into) for key in ("created", "metadata_modified")]
    record.remarks += into.remarks
    return IncomingResource(pk, columns, *stamps)
