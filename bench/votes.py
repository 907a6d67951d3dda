#!/usr/bin/env python
"""How many votes a second the portal takes, as it is run in production: gunicorn, PostgreSQL, Redis and a worker that counts.

    bench/votes.py --postgresql postgres://USER:PASSWORD@HOST/DATABASE --redis redis://HOST:6379/9 [--rate 50] [--seconds 60]

On the server named there a database is made and removed again; the Redis database is emptied before and after. Voters who have
passed the check are made with their sessions; each vote is a POST with session and CSRF token, from a network of its own (which a
trusted proxy names: from one network the limit would answer 429; one request shows that it does). Votes start on time, whether or
not earlier ones are answered; milliseconds count from the moment at which a vote was due, so that a queue shows. Everything stays
on 127.0.0.1. First the rate of the bar, then steps of ten seconds, each a quarter faster, until one answers late, wrong or not at
all, or --most is reached. Afterwards votes, lines of the log and accepted posts are compared, and `recount` has the last word.
Exit status 1: the bar is missed, or something was lost or doubled.
"""

import argparse
import asyncio
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from imports import ROOT, postgresql_portal

BAR_P95 = 300
THINGS = 20
STEP_SECONDS, STEP = 10, 1.25
PATIENCE = 20
KEYS = {"SECRET_KEY": "for this run alone", "VOTER_KEY": "for this run alone, too"}


@dataclass
class Voter:
    session: str
    address: str


@dataclass
class Run:
    """What came of a rate: milliseconds of each answer, and what else was answered."""

    rate: int
    milliseconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    unknown: int = 0  # without an answer: the vote may have been taken

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.milliseconds, n=100)[share - 1] if len(self.milliseconds) > 1 else float("inf")

    @property
    def is_borne(self) -> bool:
        return not self.wrong and self.percentile(95) <= BAR_P95


class Connections:
    """HTTP/1.1 kept alive, as few connections as the votes under way need."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, headers: dict[str, str]) -> tuple[int, str]:
        """The status, and where to it leads. A kept connection that the server closed is replaced once."""
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: 0\r\n{head}\r\n".encode()
        if self.idle:
            pair = self.idle.pop()
            try:
                return await self._ask(pair, request)
            except (ConnectionError, asyncio.IncompleteReadError):
                pair[1].close()
        return await self._ask(await asyncio.open_connection("127.0.0.1", self.port), request)

    async def _ask(self, pair: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> tuple[int, str]:
        reader, writer = pair
        writer.write(request)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines[1:])}
        await reader.readexactly(int(found.get("content-length", 0)))
        if found.get("connection", "").lower() == "close":
            writer.close()
        else:
            self.idle.append(pair)
        return int(lines[0].split()[1]), found.get("location", "")


async def vote_at(rate: int, seconds: int, voters: list[Voter], things: list[int], turn: int, port: int) -> Run:
    """Let voters vote, one after the other at this rate; in each turn a voter votes for another thing."""
    run, connections = Run(rate), Connections(port)
    start = time.perf_counter() + 0.2

    async def vote(number: int) -> None:
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        voter, thing = voters[number], things[(number + turn) % THINGS]
        token = secrets.token_hex(16)
        headers = {
            "Cookie": f"sessionid={voter.session}; csrftoken={token}",
            "X-CSRFToken": token,
            "X-Forwarded-For": voter.address,
            "User-Agent": f"bench {number % 997}",
        }
        try:
            async with asyncio.timeout(PATIENCE):
                status, location = await connections.post(f"/en/votes/requests/{thing}/", headers)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            run.wrong[type(error).__name__] += 1
            run.unknown += 1
            return
        if (status, location) == (302, f"/en/data-requests/{thing}/"):
            run.milliseconds.append(1000 * (time.perf_counter() - due))
        else:
            run.wrong[f"{status} {location}"] += 1

    await asyncio.gather(*(vote(number) for number in range(rate * seconds)))
    for _reader, writer in connections.idle:
        writer.close()
    return run


def prepare(voters: int, file: Path) -> None:
    """Make things and voters, in the portal that the environment names, and write what it takes to vote to the file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opengov.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from datetime import timedelta
    from importlib import import_module
    from uuid import uuid4

    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from accounts.models import User
    from engagement.models import HumanCheck
    from requests_app.models import DataRequest

    now = timezone.now()
    people = User.objects.bulk_create(
        (User(email=f"{uuid4().hex}@example.org", password="!", date_joined=now - timedelta(days=400)) for _ in range(voters)),
        batch_size=500,
    )
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people), batch_size=500
    )
    HumanCheck.objects.bulk_create((HumanCheck(user=one, passed_at=now, way="challenge") for one in people), batch_size=500)
    shown = {"language": "en", "created_at": now, "moderation": "approved"}
    things = DataRequest.objects.bulk_create(DataRequest(title=f"Rivers {n}", description="All.", **shown) for n in range(THINGS))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    made = []
    for number, one in enumerate(people):
        session = store()
        session[SESSION_KEY] = str(one.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = one.get_session_auth_hash()
        session.create()
        made.append((session.session_key, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"))
    file.write_text(json.dumps({"voters": made, "things": [thing.pk for thing in things]}))


@contextmanager
def process(command: list[str], environment: dict[str, str], log: Path) -> Any:
    """A process that ends with the block, and those that it started with it."""
    with log.open("wb") as file:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield running
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()


def wait_for(port: int) -> None:
    for _ in range(120):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server does not answer.")


def show(run: Run) -> None:
    load = f"{os.getloadavg()[0]:.1f}"
    times = [f"{run.percentile(share):.0f}" for share in (50, 95, 99)]
    wrong = ", ".join(f"{number} × {what}" for what, number in run.wrong.most_common(3)) or "0"
    print(f"| {run.rate} | {len(run.milliseconds):,} | {' | '.join(times)} | {wrong} | {load} |", flush=True)


def one_network(voters: list[Voter], things: list[int], port: int) -> Run:
    """What many voters of one network get, where no proxy tells them apart."""
    same = [Voter(voter.session, "192.0.2.1") for voter in voters[:30]]
    run = asyncio.run(vote_at(30, 1, same, things, THINGS - 1, port))
    print(f"30 voters from one network within a second: {len(run.milliseconds)} votes, {sum(run.wrong.values())} refused.")
    return run


def measure(options: argparse.Namespace, voters: list[Voter], things: list[int]) -> list[Run]:
    """The run at the bar's rate, then the steps; the warming up comes last."""
    print("| votes/s | accepted | p50 ms | p95 ms | p99 ms | wrong | load |\n|" + " --- |" * 7, flush=True)
    warmed = asyncio.run(vote_at(10, 3, voters[-30:], things, 0, options.port))  # workers load what they need
    runs = [asyncio.run(vote_at(options.rate, options.seconds, voters, things, 1, options.port))]
    show(runs[0])
    for turn in range(2, THINGS - 1):
        rate = round(runs[-1].rate * STEP)
        if not runs[-1].is_borne or rate > options.most:
            break
        time.sleep(2)
        runs.append(asyncio.run(vote_at(rate, STEP_SECONDS, voters, things, turn, options.port)))
        show(runs[-1])
    borne = max((run.rate for run in runs if run.is_borne), default=0)
    print(f"\nThe greatest rate borne with p95 ≤ {BAR_P95} ms: {borne} votes/s.")
    return [*runs, warmed]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", metavar="URL", help="a server on which a database may be made")
    parser.add_argument("--redis", metavar="URL", help="a Redis database that may be emptied")
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--most", type=int, default=400, help="votes a second at which the steps end")
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--voters", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.prepare:
        prepare(options.voters, options.prepare)
        return
    if not options.postgresql or not options.redis:
        parser.error("--postgresql and --redis are needed")
    import psycopg
    import redis

    shared = redis.Redis.from_url(options.redis)
    shared.flushdb()
    number = max(options.rate * options.seconds, options.most * STEP_SECONDS) + 60
    with postgresql_portal(options.postgresql) as portal:
        own = KEYS | {
            "DEBUG": "0", "HTTPS": "0", "LOG_LEVEL": "ERROR", "ALLOWED_HOSTS": "127.0.0.1", "TRUSTED_PROXIES": "1",
            "DATABASE_URL": portal.url, "REDIS_URL": options.redis, "VAR_DIR": str(portal.folder),
            "BIND": f"127.0.0.1:{options.port}", "EMAIL_URL": "dummymail://",
        }  # fmt: skip
        environment = os.environ | own
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([*manage, *command], env=environment, check=True)
        tickets = portal.folder / "voters.json"
        subprocess.run([sys.executable, __file__, "--prepare", tickets, "--voters", str(number)], env=environment, check=True)
        told = json.loads(tickets.read_text())
        voters, things = [Voter(*each) for each in told["voters"]], told["things"]
        worker = [*manage, "rqworker", "default", "index"]
        server = [str(Path(sys.executable).parent / "gunicorn"), "--config", str(ROOT / "gunicorn.conf.py")]
        with process(server, environment, portal.folder / "web.log"), process(worker, environment, portal.folder / "worker.log"):
            wait_for(options.port)
            database = urlsplit(options.postgresql).hostname
            print(f"{os.cpu_count()} cores shared with PostgreSQL ({database}), Redis and the voters; {number:,} voters.\n")
            runs = [*measure(options, voters, things), one_network(voters, things, options.port)]
        recount = subprocess.run([*manage, "recount"], env=environment, capture_output=True, text=True)
        with psycopg.connect(portal.url) as connection:
            count = "SELECT (SELECT count(*) FROM requests_app_requestvote), (SELECT count(*) FROM engagement_chainlink)"
            rows, lines = connection.execute(count).fetchone() or (0, 0)
    shared.flushdb()
    accepted, unknown = sum(len(run.milliseconds) for run in runs), sum(run.unknown for run in runs)
    print(f"{accepted:,} accepted, {rows:,} votes, {lines:,} lines in the chain. {recount.stdout.strip()}")
    is_whole = accepted <= rows <= accepted + unknown and recount.returncode == 0
    sys.exit(0 if runs[0].is_borne and is_whole else 1)


if __name__ == "__main__":
    main()
