"""Bring together what two people wrote in one form: field by field, against what the second one saw."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

LENGTH = 10


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of each column.

    Attributes:
        changes: what the person changed, with the new values.
        clashes: those of them that somebody else changed too, to another value, with the value that is stored.
        others: what somebody else alone changed since the person saw it.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    clashes: dict[str, Any] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def fingerprint(value: Any) -> str:
    """A short hash of a value. All that says nothing is one value."""
    return sha256(json.dumps(value or None, sort_keys=True, default=str).encode()).hexdigest()[:LENGTH]


def fingerprints(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: fingerprint(value) for name, value in values.items()}


def write_fingerprints(found: Mapping[str, str]) -> str:
    """What a form carries of the values that it showed."""
    return json.dumps(found, separators=(",", ":"))


def read_fingerprints(text: str) -> dict[str, str]:
    """What a form brought back; nothing where it is not what `write_fingerprints` wrote."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def read_seen(data: Mapping[str, Any], columns: Collection[str]) -> dict[str, str]:
    """What a form brought back of `columns`. Where it should have and did not, nothing is known to have been seen (`""`).

    A form that was opened before the record had one of the columns sends neither the field nor its fingerprint.
    """
    found = read_fingerprints(data.get("seen", ""))
    return {name: "" for name in columns if not found or name in data} | found


def is_unknown(seen: Mapping[str, str]) -> bool:
    """Whether a form did not bring back all of what it had shown."""
    return "" in seen.values()


def merge(*, seen: Mapping[str, str], written: Mapping[str, Any], stored: Mapping[str, Any]) -> Merge:
    """What is to be written of a form, and what of it nobody but the person can decide.

    Args:
        seen: fingerprints of the values that the form showed; a column without one was not in it, and is left alone.
    """
    found = Merge()
    for name, value in written.items():
        mine, theirs = fingerprint(value), fingerprint(stored[name])
        if name not in seen or mine == theirs:
            continue
        if mine == seen[name]:
            found.others.append(name)
            continue
        found.changes[name] = value
        if theirs != seen[name]:
            found.clashes[name] = stored[name]
    return found
