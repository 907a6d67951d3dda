"""How a record is related to others: in the form each is an address, a name or a title; kept, it is an address."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..ckan.values import WITH_LOGIN, safe_address
from ..enums import Vocabulary
from ..errors import RelatedInACircle
from ..incoming import Related, dataset_in
from ..models import Dataset
from ..selectors import terms
from ..services.links import refusal
from ..services.relationships import refuse_circles

KINDS, TYPES = Vocabulary.RELATIONSHIP_KIND, Vocabulary.RELATED_TYPE
PARTS = ("kind", "related_type", "to", "url_fr")
MOST_PROPOSED = 6
SHORTEST_SEARCH = 3


def related_of(links: Iterable[dict[str, str]]) -> list[Related]:
    """The relationships that a record's links stand for: to a record of this catalogue by it, else to the address."""
    found = []
    for link in links:
        own = link["url"].startswith(f"{settings.SITE_URL}/dataset/")
        target = dataset_in(link["url"]) if own else None
        place = {"target": target} if target else {"url": link["url"], "url_fr": link["url_fr"]}
        found.append(Related(link["kind"], link["related_type"], **place))
    return found


class RelationsInput(forms.Widget):
    """A row for each relationship, and one that is empty."""

    use_fieldset = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        stem = (attrs or {}).get("id", f"id_{name}")
        rows = [*(value or []), {}]
        lines = ((self._row(name, f"{stem}_{number}", number + 1, row),) for number, row in enumerate(rows))
        return format_html('<ol class="relations" id="{}">{}</ol>', stem, format_html_join("", "<li>{}</li>", lines))

    def _row(self, name: str, stem: str, number: int, row: dict[str, str]) -> SafeString:
        said = {"number": number}
        return format_html(
            '<div class="side-by-side">{}{}</div><div class="side-by-side">{}{}</div>',
            _select(f"{name}_kind", f"{stem}_kind", _("Relationship %(number)s") % said, KINDS, row.get("kind", "")),
            _select(f"{name}_related_type", f"{stem}_type", _("To what"), TYPES, row.get("related_type") or "dataset"),
            _input(f"{name}_to", f"{stem}_to", _("Dataset or address"), row.get("url", "")),
            _input(f"{name}_url_fr", f"{stem}_fr", _("Address in French, where it is another"), row.get("url_fr", "")),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        if not hasattr(data, "getlist"):
            return list(data.get(name, []))
        columns = [data.getlist(f"{name}_{part}") for part in PARTS]
        keys = ("kind", "related_type", "url", "url_fr")
        return [dict(zip(keys, (text.strip() for text in row), strict=True)) for row in zip(*columns, strict=False)]

    def id_for_label(self, id_: str) -> str:
        return ""


def _select(name: str, pk: str, label: str, vocabulary: Vocabulary, chosen: str) -> SafeString:
    nothing = [("", _("Choose one"))] if vocabulary == KINDS else []
    choices = [*nothing, *((each.code, each.label) for each in terms.choices(vocabulary).values())]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected") if code == chosen else "", words) for code, words in choices),
    )
    return format_html(
        '<p class="field"><label for="{}">{}</label><select name="{}" id="{}">{}</select></p>', pk, label, name, pk, options
    )


def _input(name: str, pk: str, label: str, value: str) -> SafeString:
    return format_html(
        '<p class="field"><label for="{}">{}</label><input class="input" name="{}" id="{}" value="{}" maxlength="2000"></p>',
        pk, label, name, pk, value,
    )  # fmt: skip


class RelationsField(forms.Field):
    """The links of a record: `kind`, `related_type`, `url`, `url_fr` each.

    Args:
        relatable: the records that the person can see, and may name or find by words of their title.
    """

    widget = RelationsInput

    def __init__(self, *, dataset: Dataset, relatable: QuerySet[Dataset], held: Any, **options: Any) -> None:
        super().__init__(**options)
        self.dataset, self.relatable = dataset, relatable
        self.held = {link["url"] for link in held or []}

    def to_python(self, value: Any) -> list[dict[str, str]]:
        found = [self._link(row) for row in value or [] if row["url"] or row["kind"]]
        ends = [(link["kind"], link["url"]) for link in found]
        if len(set(ends)) < len(ends):
            raise ValidationError(_("The same relationship stands here twice."), code="twice")
        try:
            refuse_circles(self.dataset, related_of(found))
        except RelatedInACircle as circle:
            raise ValidationError(str(circle), code="circle") from circle
        return found

    def _link(self, row: dict[str, str]) -> dict[str, str]:
        if not terms.choice(KINDS, row["kind"]) or not terms.choice(TYPES, row["related_type"]):
            raise ValidationError(_("Say what kind of relationship it is."), code="kind")
        if row["url"] in self.held:
            return row
        if record := self._record(row["url"]):
            if record.pk == self.dataset.pk:
                raise ValidationError(_("A dataset is not related to itself."), code="itself")
            return row | {"url": f"{settings.SITE_URL}/dataset/{record.pk}", "url_fr": ""}
        for address in filter(None, (row["url"], row["url_fr"])):
            reason = safe_address(address)[1]
            if reason == WITH_LOGIN:
                raise ValidationError(refusal(address), code="unsafe")
            if reason:
                raise ValidationError(self._proposals(address), code="nowhere")
        return row

    def _record(self, text: str) -> Dataset | None:
        """The one that is named: by its identifier or name, by an address of its page here, or by its whole title."""
        last = text.rstrip("/").rpartition("/")[2] if text.startswith((settings.SITE_URL, "/")) else text
        at = Q(name=last) | Q(title_en__iexact=text) | Q(title_fr__iexact=text)
        with suppress(ValueError):
            at |= Q(pk=UUID(last))
        found = self.relatable.filter(at)[:2]
        return found[0] if len(found) == 1 else None

    def _proposals(self, text: str) -> str:
        words = self.relatable.filter(Q(title_en__icontains=text) | Q(title_fr__icontains=text)).order_by("name")
        found = list(words[:MOST_PROPOSED]) if len(text) >= SHORTEST_SEARCH else []
        if not found:
            return _("No dataset is called “%(text)s”, and it is no address.") % {"text": text}
        said = "; ".join(f"{row} ({row.name})" for row in found)
        return _("Which of these do you mean? Write the name in brackets: %(datasets)s.") % {"datasets": said}
