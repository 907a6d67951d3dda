"""What the portal's staff keeps up by hand: organizations and the terms of vocabularies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.activity import record
from accounts.models import Organization, User
from opengov.search import outbox

from ..models import Dataset, Term
from ..selectors import terms
from .vocabularies import terms_on_file

BILINGUAL = {Organization: ("title", "shortform", "description"), Term: ("label", "url")}


@transaction.atomic
def save_organization(
    *, organization: Organization, actor: User, now: datetime, successors: Iterable[Organization] | None = None
) -> Organization:
    """Write a new organization, or what was changed of one; the index learns its names. Without a change, nothing is written.

    Args:
        successors: all of them; `None` leaves them as they are.
    """
    before = Organization.objects.select_for_update().filter(pk=organization.pk).first()
    changed = _changed(organization, before)
    if changed:
        organization.save()
    if successors is not None and {*successors} != {*organization.successors.all()}:
        organization.successors.set(successors)
        changed = [*changed, "successors"]
    if changed:
        verb = "organization.update" if before else "organization.create"
        record(verb, organization, actor, details={"fields": changed}, now=now)
        outbox.queue(Dataset.objects.filter(owner_org=organization).values_list("pk", flat=True))
    return organization


@transaction.atomic
def save_term(*, term: Term, actor: User, now: datetime) -> Term:
    """Write a new term, or what was changed of one. Without a change, nothing is written."""
    before = Term.objects.select_for_update().filter(pk=term.pk).first()
    if changed := _changed(term, before):
        term.save()
        record("term.update" if before else "term.create", term, actor, details={"fields": changed}, now=now)
        transaction.on_commit(terms.forget)
    return term


def is_on_file(term: Term) -> bool:
    """The term comes with the portal: each update brings its words anew, so that staff can only retire it."""
    return any(each["code"] == term.code for each in terms_on_file(term.vocabulary))


def _changed(row: models.Model, before: models.Model | None) -> list[str]:
    """The columns that are to be written, absent text as the empty one."""
    bilingual = BILINGUAL[type(row)]
    for name in (f"{stem}_{language}" for stem in bilingual for language in ("en", "fr")):
        setattr(row, name, getattr(row, name) or "")
    columns = [field.attname for field in row._meta.concrete_fields if field.name not in bilingual]
    return [name for name in columns if before is None or _value(row, name) != _value(before, name)]


def _value(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    return "" if value is None and name.endswith(("_en", "_fr")) else value
