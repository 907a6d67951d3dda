"""The page of a resource, with its preview."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opengov.markdown import plain, render

from ..extent_map import ExtentMap, extent_map
from ..models import Resource
from ..previews import Preview, preview_of
from . import terms
from .facts import Fact, Item, license_fact
from .resource_lines import ResourceLine, resource_line
from .texts import Text, text_of


@dataclass(frozen=True, slots=True)
class ResourcePage:
    line: ResourceLine
    dataset_title: Text
    dataset_url: str
    history_url: str
    organization: Text
    description: SafeString
    description_language: str
    summary: str
    facts: list[Fact]
    preview: Preview | None
    picture_url: str
    map_url: str
    map: ExtentMap | None


def resource_page(row: Resource) -> ResourcePage:
    """The resource in the active language. `row` comes with its dataset and that one's organization."""
    dataset, address = row.dataset, [row.dataset.name, row.pk]
    preview = preview_of(row)
    description = text_of(row, "description")
    return ResourcePage(
        line=resource_line(row, dataset.name),
        dataset_title=text_of(dataset, "title") or Text(dataset.name),
        dataset_url=dataset.get_absolute_url(),
        history_url=reverse("datasets:resource-history", args=address),
        organization=text_of(dataset.owner_org, "title") if dataset.owner_org else text_of(dataset, "org_title_at_publication"),
        description=render(description.value),
        description_language=description.language,
        summary=plain(description.value) or str(text_of(row, "name")),
        facts=_facts(row),
        preview=preview,
        picture_url=reverse("datasets:resource-picture", args=address) if preview and preview.kind == "image" else "",
        map_url=reverse("datasets:resource-map", args=address) if preview and preview.geo else "",
        map=extent_map(*preview.geo.box) if preview and preview.geo else None,
    )


def _facts(row: Resource) -> list[Fact]:
    format_ = terms.choice("format", row.format)
    pairs = [
        (_("Media type"), format_.media_type if format_ else ""),
        (_("Character set"), terms.label("character_set", row.character_set) if row.character_set else ""),
        (_("File name"), row.filename),
        ("SHA-256", row.sha256),
        (_("Quality"), "; ".join(terms.label("data_quality", code) for code in row.data_quality)),
        (_("Resource identifier"), str(row.pk)),
    ]
    facts = [license_fact(row.dataset), *(Fact(label, (Item(Text(value)),) if value else ()) for label, value in pairs)]
    return [fact for fact in facts if fact.items]
