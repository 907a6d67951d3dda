"""The stored hashes of a record's resources: what its content hash is taken over, also where they are thousands."""

from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Func, TextField, Value
from django.db.models.functions import Concat

from ..models import Resource


class IdentifierText(Func):
    """An identifier as Python writes it, on each engine."""

    template = "%(expressions)s::text"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        template = "||'-'||".join(f"substr(%(expressions)s, {start}, {length})" for start, length in parts)
        return self.as_sql(compiler, connection, template=template, **context)


class Lines(Aggregate):
    """The rows' texts as one text, in no order."""

    template = "string_agg(%(expressions)s, E'\\n')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="group_concat(%(expressions)s, char(10))", **context)


def stored_hashes(dataset: UUID) -> dict[str, str]:
    """The hash of each resource by its identifier. The database joins them: one row is read, whatever their number."""
    line = Concat(IdentifierText("pk"), Value(" "), "metadata_hash")
    found = Resource.objects.filter(dataset=dataset).order_by().aggregate(lines=Lines(line))["lines"]
    return {text[:36]: text[37:] for text in (found or "").split("\n") if text}
