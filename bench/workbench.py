#!/usr/bin/env python
"""What an editor waits for in a record of 5,000 resources, on SQLite and on PostgreSQL, each in a database of its own.

    bench/workbench.py --postgresql postgres://USER:PASSWORD@HOST/DATABASE [--resources 5000] [--rounds 15]

Without --postgresql only SQLite is measured. On the server named there a database is made and removed again. Pages are asked for
in the process with the settings of production: milliseconds of the whole request, session and transaction with it, without a
network: the median and the fastest of the rounds, after one to warm up; the CPU's share tells a slow page from a busy machine.
`written` is what one request leaves: rows of the revision, or versions where a draft is written. The bar is one request's
that edits one resource; where its median is missed it exits with 1.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

from imports import ROOT, postgresql_portal, sqlite_portal

BAR = 100
WHOLE = UUID("5f0d3f0e-6a52-4c5c-9a08-6d3c5e1f7a10")
HEADINGS = ("request", "queries", "ms", "fastest", "CPU ms", "kB", "written", "bar")
Ask = Callable[[int], Any]


def package(pk: UUID, resources: int) -> dict[str, Any]:
    """A full record in CKAN's shape."""
    return {
        "id": str(pk),
        "name": f"measured-{pk}",
        "type": "dataset",
        "collection": "primary",
        "title_translated": {"en": "Water levels by station", "fr": "Niveaux d'eau par station"},
        "notes_translated": {"en": "A file for each station. " * 20, "fr": "Un fichier par station. " * 20},
        "keywords": {"en": ["water", "tides"], "fr": ["eau", "marées"]},
        "subject": ["nature_and_environment"],
        "frequency": "P1D",
        "date_published": "2020-01-01 00:00:00",
        "license_id": "ca-ogl-lgo",
        "resources": [
            {
                "id": str(uuid5(pk, str(number))),
                "name_translated": {"en": f"Station {number}", "fr": f"Station {number} (fr)"},
                "description_translated": {"en": "Hourly levels, in metres.", "fr": "Niveaux horaires, en mètres."},
                "resource_type": "dataset",
                "format": "CSV",
                "language": ["en", "fr"],
                "url": f"https://example.org/stations/{number}.csv",
            }
            for number in range(resources)
        ],
    }


def prepared(resources: int) -> tuple[Any, dict[str, Any]]:
    """A browser in which an editor has signed in, and the revisions of a public record and of a draft."""
    from django.test import Client
    from django.utils import timezone

    from accounts.enums import OrganizationRole
    from accounts.models import Membership, Organization, User
    from datasets.ckan.packages import read_package
    from datasets.models import Dataset
    from datasets.services import batches, revisions
    from datasets.services.publishers import Publishers

    now = timezone.now()
    organization = Organization.objects.create(name="measured", title_en="Measured", title_fr="Mesuré")
    editor = User.objects.create(email="editor@example.org")
    Membership.objects.create(user=editor, organization=organization, role=OrganizationRole.EDITOR)
    found = {}
    for state in ("public", "draft"):
        record = read_package(package(uuid5(WHOLE, state), resources))
        record.is_public = state == "public"
        batches.save_batch([record], source=batches.Source("bench", now), publishers=Publishers())
        Dataset.objects.filter(pk=record.id).update(owner_org=organization)
        found[state] = revisions.revise(dataset=Dataset.objects.get(pk=record.id), actor=editor, now=now)
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(editor)
    return client, found


def requests(client: Any, found: dict[str, Any], resources: int) -> Iterator[tuple[str, Any, Ask, bool]]:
    """What is measured: its name, its revision, the request of a round, and whether the bar is its."""
    from django.urls import reverse

    def at(name: str, revision: Any, *more: Any) -> str:
        return reverse(f"datasets:{name}", args=[revision.pk, *more])

    for state, revision in found.items():
        rows = [uuid5(uuid5(WHOLE, state), str(number)) for number in range(resources)]
        middle = rows[resources // 2]
        address = at("record-resource-edit", revision, middle)

        def edit(turn: int, address: str = address) -> Any:
            form = client.get(address).context["form"]
            data = {name: value for name in form.fields if (value := form[name].value())}
            return client, address, data | {"name_en": f"Renamed {turn}", "seen": seen(address)}

        def seen(address: str) -> str:
            return str(client.get(address).context["seen"])

        list_ = at("record-resources", revision)
        yield f"{state}: one resource edited", revision, edit, True
        yield f"{state}: the form of a resource", revision, lambda turn, to=address: (client, to, None), False
        yield f"{state}: the list of resources", revision, lambda turn, to=list_: (client, to, None), False
        yield f"{state}: its last page", revision, lambda turn, to=list_: (client, to + "?page=last", None), False
        move = at("record-resource-move", revision, middle)
        yield (
            f"{state}: a resource moved", revision,
            lambda turn, to=move: (client, to, {"down": "1"} if turn % 2 else {"up": "1"}), False,
        )  # fmt: skip
        page = at("revision-detail", revision)
        yield f"{state}: the way to the public", revision, lambda turn, to=page: (client, to, None), False


def measure(label: str, revision: Any, ask: Ask, rounds: int, has_bar: bool) -> tuple[list[str], bool]:
    """Make the request again and again; the cells of its line, and whether its bar is met."""
    from django.db import connection

    from datasets.models import RevisionItem, Version

    queries, seconds, cpu, written, weight = [], [], [], [], 0

    def counted(execute: Any, *arguments: Any) -> Any:
        queries[-1] += 1
        return execute(*arguments)

    def rows() -> int:
        return (
            RevisionItem.objects.filter(revision=revision).count() + Version.objects.filter(dataset=revision.dataset_id).count()
        )

    for turn in range(rounds + 1):
        RevisionItem.objects.filter(revision=revision).delete()  # each round finds the public record as it was
        client, path, data = ask(turn)
        before = rows()
        queries.append(0)
        with connection.execute_wrapper(counted):
            started, used = time.perf_counter(), time.process_time()
            response = client.get(path) if data is None else client.post(path, data)
            seconds.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - used))
        weight = len(response.content)
        written.append(rows() - before)
        if response.status_code not in (200, 302):
            raise SystemExit(f"{path} answers {response.status_code}.")
    median = statistics.median(seconds[1:])
    verdict = ("met" if median <= BAR else "MISSED") if has_bar else ""
    cells = [
        label, str(round(statistics.median(queries[1:]))), f"{median:.1f}", f"{min(seconds[1:]):.1f}",
        f"{statistics.median(cpu[1:]):.1f}", f"{weight / 1000:.1f}", f"{max(written[1:]):,}", verdict,
    ]  # fmt: skip
    return cells, verdict != "MISSED"


def measure_here(resources: int, rounds: int) -> bool:
    """Measure on the database that the environment names; whether the bars are met."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opengov.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()  # responses tell what their pages were made from
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n## {connection.display_name}, {resources:,} resources (load {load})\n")
    print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}", flush=True)
    is_met = True
    for label, revision, ask, has_bar in requests(*prepared(resources), resources):
        cells, held = measure(label, revision, ask, rounds, has_bar)
        is_met = is_met and held
        print(f"| {' | '.join(cells)} |", flush=True)
    return is_met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server on which a database may be made")
    parser.add_argument("--resources", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        sys.exit(0 if measure_here(options.resources, options.rounds) else 1)
    missed = False
    for portal_of, server in ((postgresql_portal, options.postgresql), (sqlite_portal, "")):
        if portal_of is postgresql_portal and not server:
            continue
        with portal_of(server) as portal:
            portal.run("migrate", "-v0")
            portal.run("collectstatic", "--noinput", "-v0")
            own = {
                "DEBUG": "0",
                "SECRET_KEY": "for this run alone",
                "LOG_LEVEL": "ERROR",
                "HTTPS": "0",
                "ALLOWED_HOSTS": "testserver",
            }
            environment = os.environ | own | {"DATABASE_URL": portal.url, "VAR_DIR": str(portal.folder)}
            command = [sys.executable, __file__, "--here", "--resources", str(options.resources), "--rounds", str(options.rounds)]
            missed |= bool(subprocess.run(command, env=environment, check=False).returncode)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
