"""Rows by the thousand: one statement a batch instead of a model instance a row.

`bulk_create` prepares every value of every row through the model's fields, which takes more time than all else together when a
table has a hundred columns. Here PostgreSQL is given the batch as one JSON text and casts it by the table's own types.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from django.db import connection, models

MAX_ROWS = 1_000


def upsert(model: type[models.Model], rows: Sequence[Mapping[str, Any]], *, update: Collection[str] = ()) -> None:
    """Insert rows; where a row of this primary key is there already, write the columns named in `update`.

    The database's constraints hold; `full_clean`, `save` and signals are not called.

    Args:
        rows: column names (`owner_org_id`, not `owner_org`) to Python values, all rows with the same keys.
        update: columns to write where the row exists. Without any, a row that exists is an `IntegrityError`.
    """
    if not rows:
        return
    names = list(rows[0])
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(map(quote, names))
    conflict = ""
    if update:
        changes = ", ".join(f"{quote(name)} = EXCLUDED.{quote(name)}" for name in update)
        conflict = f" ON CONFLICT ({quote(str(model._meta.pk.column))}) DO UPDATE SET {changes}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            select = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s){conflict}"  # noqa: S608
            for start in range(0, len(rows), MAX_ROWS):
                cursor.execute(select, [orjson.dumps(rows[start : start + MAX_ROWS]).decode()])
            return
        values = ", ".join(["%s"] * len(names))
        by_column = {field.attname: field for field in model._meta.concrete_fields}
        fields = [by_column[name] for name in names]
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({values}){conflict}",  # noqa: S608
            [[field.get_db_prep_save(row[name], connection) for name, field in zip(names, fields, strict=True)] for row in rows],
        )
