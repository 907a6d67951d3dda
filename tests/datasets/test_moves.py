"""Who may make which move from which state, told by the rules and by the pages; and that a refusal leaves no trace.

The table is what `catalogue.md` and ADR 0008 promise. It is written by hand, and knows nothing of `datasets.rules`.
"""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import User
from datasets.enums import Criterion, Move, RevisionState
from datasets.rules import may
from datasets.services import gates, revisions
from opengov.views import errors
from tests.factories.accounts import DelegationFactory, MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed, submitted
from tests.factories.staff import staff

pytestmark = pytest.mark.django_db

# move, from these states: these people; nobody else, and from no other state. `writer` is an official who wrote on the record.
ALLOWED = """
    submit      editing                           : editor
    discard     editing                           : editor
    recall      review sign_off release           : editor
    pass        review                            : reviewer
    give_back   review                            : reviewer
    give_back   sign_off                          : imso delegate writer writing_delegate
    give_back   release scheduled                 : publisher
    sign        sign_off                          : imso delegate
    retract     release scheduled                 : imso delegate writer writing_delegate
    release     release scheduled                 : publisher
    schedule    release                           : publisher
    unschedule  scheduled                         : publisher
"""
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def allowed():
    """The table as triples of a state, a move and a role."""
    lines = [line.partition(":") for line in ALLOWED.strip().splitlines()]
    rows = [(*left.split(), right.split()) for left, _colon, right in lines]
    return {(state, move, role) for move, *states, roles in rows for state in states for role in roles}


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


def changed(dataset, people):
    """A change of a public record."""
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())
    dataset.title_en = "Tides"
    edit = revisions.Edit(dataset=dataset)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())


def scheduled(revision, people):
    public = released(revision, people).dataset
    return released(changed(public, people), people, visible_from=timezone.now() + HOUR)


def discarded(revision, people):
    return gates.discard(revision=revision, actor=people["editor"], now=timezone.now())


WAYS = {
    RevisionState.EDITING: lambda revision, people: revision,
    RevisionState.REVIEW: submitted,
    RevisionState.SIGN_OFF: reviewed,
    RevisionState.RELEASE: signed,
    RevisionState.SCHEDULED: scheduled,
    RevisionState.RELEASED: released,
    RevisionState.DISCARDED: discarded,
}


def delegate_of(department, *, since=-1, until=6):
    """Who signs for an official of the department from one day to another, counted from today."""
    today = timezone.localdate()
    days = {"starts_on": today + since * DAY, "ends_on": today + until * DAY}
    return DelegationFactory(organization=department, **days).delegate


def everybody(people, revision):
    """Somebody for each kind of person there is."""
    department, other = revision.dataset.owner_org, OrganizationFactory()
    writers = {
        "writer": MembershipFactory(organization=department, role=OrganizationRole.IMSO).user,
        "writing_delegate": delegate_of(department),
    }
    revision.writers.add(*writers.values())
    return {
        "anonymous": None,
        "citizen": UserFactory(),
        **{role.value: people[role.value] for role in OrganizationRole},
        **{f"other_{role}": MembershipFactory(organization=other, role=role).user for role in OrganizationRole},
        **{role.value: staff(role) for role in PortalRole},
        "operator": staff("operator"),
        "delegate": delegate_of(department),
        "former_delegate": delegate_of(department, since=-9, until=-1),
        "coming_delegate": delegate_of(department, since=1),
        "other_delegate": delegate_of(other),
        **writers,
    }


def post(client, revision, move):
    """Make the move as its page does, with all that its form asks for."""
    reasons = {"reason": "Because.", "note": "", "content": revision.content_hash}
    instant = {"visible_from": (timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M"), "zone": "America/Toronto"}
    said = {"name": "Ada", "position": "CIO", "text": "I approve.", "signed_on": timezone.localdate().isoformat()}
    met = {f"decision_{criterion}": "met" for criterion in Criterion} | {"then": "pass"}
    pages = {Move.PASS: ("datasets:revision-review", []), Move.SIGN: ("datasets:revision-sign", [])}
    route, arguments = pages.get(move, ("datasets:revision-move", [move.value]))
    return client.post(reverse(route, args=[revision.pk, *arguments]), reasons | instant | said | met)


@contextmanager
def written():
    """The statements that write to the database meanwhile; afterwards they are as if they had never been."""
    statements = []

    def note(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            statements.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield statements
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", RevisionState, ids=str)
def test_each_move_is_open_to_whom_the_table_names_and_to_nobody_else(people, state):
    revision = WAYS[state](begun(people), people)
    found = set()
    for role, user in everybody(people, revision).items():
        asked = User.objects.get(pk=user.pk) if user else AnonymousUser()
        found |= {(state.value, move.value, role) for move in Move if may(asked, move, revision)}

    assert found == {triple for triple in allowed() if triple[0] == state}


@pytest.mark.parametrize("state", RevisionState, ids=str)
def test_the_pages_make_the_moves_of_the_table_and_a_refusal_leaves_no_trace(people, state, monkeypatch):
    monkeypatch.setattr(errors, "_page", lambda request, status, **more: HttpResponse(status=status))  # of 1,400 refusals
    revision = WAYS[state](begun(people), people)
    made, answers = set(), set()
    for role, user in everybody(people, revision).items():
        client = Client()
        if user:
            client.force_login(user)
        for move in Move:
            with written() as statements:
                answers.add(post(client, revision, move).status_code)
            if statements:
                made.add((state.value, move.value, role))

    assert made == {triple for triple in allowed() if triple[0] == state}
    assert answers <= {302, 404}
