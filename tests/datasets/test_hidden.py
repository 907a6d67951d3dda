"""What is not public makes no difference to anything that the portal tells those who may not see it."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.enums import OrganizationRole
from accounts.models import Organization
from datasets import permanent_urls, urls
from datasets.ckan.fields import DATASET_FIELDS, RESOURCE_FIELDS, Kind
from datasets.enums import Decision
from datasets.models import Relationship, Revision
from datasets.models.resources import path_of
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, publication, reviews, revisions
from datasets.services.files import store
from opengov.caching import forget_instants
from opengov.search.indexing import apply_outbox, reconcile
from tests.accounts import test_permissions as accounts
from tests.datasets import test_permissions as datasets
from tests.datasets.test_admin import MAKERS
from tests.engagement import test_permissions as engagement
from tests.factories.accounts import (
    DelegationFactory,
    InvitationFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.factories.datasets import DatasetFactory, EnquiryFactory, ResourceFactory
from tests.factories.gates import answered, begun, people_of, released, submitted
from tests.factories.staff import staff
from tests.opengov import test_permissions as frame
from tests.permission_matrix import names
from tests.portal_walk import Question, address, differences, naming, routes, walk
from tests.requests_app import test_permissions as requests

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
CATALOGUE = {*names(urls.urlpatterns, urls.app_name), *names(permanent_urls.urlpatterns)}
SITEMAPS = {"sitemap-index", "sitemap-pages", "sitemap-datasets"}
OF_A_RECORD = {name for name in CATALOGUE if name.startswith(("datasets:dataset-", "datasets:resource-", "permanent-"))}
SEARCHED = [f"datasets:{name}" for name in ("dataset-list", "completion-list", "results-export", "feed-results", "record-list")]
SOUGHT = ("q=zqtitleen", "q=zqtitlefr", "q=zqkeywordsen", "q=zqrnamefr", "q=salmon", "format=CSV")
# Where the words of a public record are read, and where else it counts.
READ = """home dataset-list completion-list results-export dataset-detail dataset-history dataset-metadata dataset-citation
    dataset-feed resource-detail resource-history resource-download resource-version organization-detail subject-detail
    feed-new feed-updated feed-results feed-organization feed-subject"""
FOUND = (
    {f"datasets:{name}" for name in READ.split()}
    | {"sitemap-index", "sitemap-datasets"}
    | {n for n in CATALOGUE if n.startswith("permanent-")}
)
COUNTED = {f"datasets:{name}" for name in ("home", "organization-list", "subject-list", "dataset-list")}
NOT_WORDS = {"org_title_at_publication_en", "org_title_at_publication_fr"}  # the department is no secret
FILE, EARLIER_FILE, FILE_TAKEN_OUT = b"zqhead,number\nzqcell,1\n", b"zqearlycell,2\n", b"zqoutcell,3\n"
# What a department says to itself, and what it took out before the release.
EVER_HIDDEN = {"zqanswer", "zqreturn", "zqout", "zqearly", *(sha256(file).hexdigest() for file in (EARLIER_FILE, FILE_TAKEN_OUT))}
TOLD_BY_A_TOMBSTONE = {"zqtitleen", "zqtitlefr", "zqname"}
OUTSIDE = ("anonymous", "neighbour")


def marked(fields, prefix, without=()):
    """Columns with a word of their own in each that holds text."""
    columns = {}
    for column, kind in [(column, field.kind) for field in fields for column in field.columns if column not in without]:
        word = f"{prefix}{column.replace('_', '')}"
        if kind in (Kind.TEXT, Kind.TRANSLATED):
            columns[column] = f"Salmon {word}"
        elif kind == Kind.TAGS:
            columns[column] = ["housing", word]
        elif kind == Kind.LINKS:
            columns[column] = f"https://example.org/{word}"
    return columns


def dataset_words(prefix="zq"):
    return marked(DATASET_FIELDS, prefix, NOT_WORDS)


def resource_words(content=FILE, prefix="zqr", **columns):
    kept = store(content)
    file = {"url": "", "file": kept.path, "sha256": kept.sha256, "size": kept.size, "filename": f"{prefix}file.csv"}
    return marked(RESOURCE_FIELDS, prefix) | file | columns


def words_in(*columns):
    """The words and the hashes in these columns."""
    texts = " ".join(str(value) for found in columns for value in found.values())
    return {part for part in texts.replace("/", " ").replace("'", " ").split() if part.startswith("zq") or len(part) == 64}


def rows_of(secret):
    """The secret's rows for the addresses of the administration, and none of its other models."""
    rows = {f"admin:{model._meta.app_label}_{model._meta.model_name}": 0 for model in MAKERS}
    for row in (secret.dataset, secret.revision, secret.dataset.resources.get(), secret.dataset.versions.first()):
        rows[f"admin:{row._meta.app_label}_{row._meta.model_name}"] = row.pk
    return rows


@dataclass
class Portal:
    """A department with a secret, a neighbour with records of its own, and those who may know nothing of the secret."""

    people: dict
    department: Organization
    visitors: dict
    own: datasets.World
    ends: accounts.World
    boards: engagement.World

    def questions(self, secret, *more, everything=False):
        """Every address with what belongs to the secret, and with what one may see; searches; files by their paths."""
        for route in routes():
            if route in CATALOGUE:
                yield address(route, self.own.arguments(route))
                yield address(route, secret.arguments(route))
                if everything:
                    yield address(route, secret.arguments(route), method="POST")
            elif everything or route in SITEMAPS:
                yield address(route, self.elsewhere(route) or frame.arguments(route, rows_of(secret)))
        for language, route in (*product(["en"], SEARCHED), *product(["fr"], SEARCHED[:2])):
            for query in (*SOUGHT, f"organization={self.department.name}"):
                yield address(route, self.own.arguments(route), language=language, query=f"?{query}")
        for field, model in {"dataset": "resource", "successor": "dataset", "target": "relationship"}.items():
            query = f"?app_label=datasets&model_name={model}&field_name={field}&term=zq"
            yield address("admin:autocomplete", [], query=query)
        for content, folder in product((FILE, EARLIER_FILE, FILE_TAKEN_OUT), ("/", settings.MEDIA_URL, "/static/")):
            yield Question("GET", folder + path_of(sha256(content).hexdigest()), "files")
        yield from more

    def elsewhere(self, route):
        """What addresses of other rooms are about."""
        if route.startswith("requests:"):
            return requests.arguments(route, self.boards.thing)
        return self.boards.arguments(route) if route.startswith("engagement:") else self.ends.arguments(route)

    def tell(self, questions, *names):
        apply_outbox()
        reconcile()
        return walk({name: self.visitors[name] for name in names or self.visitors}, questions)


def returned(revision, people):
    return gates.give_back(revision=revision, reason="zqreturn", actor=people["reviewer"], now=timezone.now())


def passed(revision, people):
    """Through the rest of the review, and signed."""
    revision = reviews.pass_review(revision=revision, actor=people["reviewer"], now=timezone.now())
    said = gates.Communication("Solange Arsenault", "Chief Information Officer", NOW.date(), "I approve.")
    gates.sign(revision=revision, content=revision.content_hash, communication=said, actor=people["imso"], now=timezone.now())
    return Revision.objects.get(pk=revision.pk)


def withdraw(dataset, people):
    reasons = {"reason_en": "Wrong heights.", "reason_fr": "Hauteurs fausses."}
    publication.withdraw(dataset=dataset, actor=people["publisher"], now=timezone.now(), **reasons)


@contextmanager
def undone():
    """What happens here has never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def clock(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # Redis has a clock of its own
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def portal(clock):
    people, neighbours = people_of(OrganizationFactory()), people_of(beside := OrganizationFactory())
    department = people["editor"].memberships.get().organization
    for role in set(OrganizationRole) - {OrganizationRole.EDITOR}:
        MembershipFactory(user=neighbours["editor"], organization=beside, role=role)
    visitors = {"anonymous": Client(), "citizen": Client(), "neighbour": Client()}
    visitors["citizen"].force_login(UserFactory())
    visitors["neighbour"].force_login(neighbours["editor"])
    titles = {"title_en": "Salmon counts", "title_fr": "Salmon comptés"}
    public = released(begun(neighbours, department=beside, **titles), neighbours).dataset
    draft = begun(neighbours, department=beside).dataset
    ends = accounts.World(
        department,
        MembershipFactory(organization=department),
        InvitationFactory(organization=department, token="token"),
        staff("author").appointments.get(),
        DelegationFactory(organization=department, roles=False),
    )
    own = datasets.World(public, draft, EnquiryFactory(), draft.revisions.get())
    return Portal(people, department, visitors, own, ends, engagement.World.make())


def begin_secret(portal):
    """A draft full of words, to which another resource and another file belonged for a while; a public record names it."""
    people, out = portal.people, ResourceFactory.build(**resource_words(FILE_TAKEN_OUT, "zqout"))
    kept = ResourceFactory.build(**resource_words(EARLIER_FILE, name_en="zqearlyname"))
    first = UUID(int=1)  # the first of all, wherever identifiers are told
    dataset = DatasetFactory.build(pk=first, owner_org=portal.department, name="zqname", **dataset_words())
    revision = revisions.open_record(dataset=dataset, actor=people["editor"], now=NOW, resources=[kept, out])
    for name, value in resource_words().items():
        setattr(kept, name, value)
    edit = revisions.Edit(resources=[kept], removed=[out.pk])
    revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=NOW)
    Relationship.objects.create(dataset=portal.own.dataset, kind="continues", target=revision.dataset)
    secret = datasets.World(revision.dataset, revision.dataset, portal.own.enquiry, revision)
    more = [
        address("datasets:resource-detail", ["zqname", out.pk]),
        address("datasets:resource-version", ["zqname", out.pk, out.sha256]),
        address("datasets:resource-version", ["zqname", kept.pk, sha256(EARLIER_FILE).hexdigest()]),
    ]
    return secret, more


def heard(told, words):
    """The routes that hold one of the words."""
    return {question.route for _who, question in naming(told, words)}


def words_of(dataset):
    """What must not be heard of it, nor of its only resource."""
    ids = {str(dataset.pk), str(dataset.resources.get().pk)}
    return words_in(dataset_words(), resource_words()) | ids | {"zqname", "zqhead", "zqcell", "zqwhy"}


def test_a_record_on_its_way_makes_no_difference_to_those_outside(portal, clock):
    people, told = portal.people, {}
    with undone():
        secret, more = begin_secret(portal)
        revision, words = secret.revision, words_of(secret.dataset)
        few = list(portal.questions(secret, *more))
        told["draft"] = portal.tell(few, "neighbour")
        answered(submitted(revision, people), people, Decision.NOT_MET, "zqanswer")
        returned(revision, people)
        answered(submitted(revision, people), people, note="zqanswer")
        told["in review"] = portal.tell(few, "neighbour")
        passed(revision, people)
        everything = list(portal.questions(secret, *more, everything=True))
        told["signed"] = portal.tell(everything)
        instant = NOW + MINUTE
        gates.release(revision=revision, actor=people["publisher"], now=NOW, visible_from=instant)
        told["scheduled"] = portal.tell(few, *OUTSIDE)
    never = portal.tell(everything)

    for stage, answers in told.items():
        assert naming(answers, words | EVER_HIDDEN) == {}, stage
        assert differences(never, answers) == [], stage


def test_a_record_is_there_from_its_instant_and_gone_with_its_withdrawal(portal, clock):
    people, (secret, more) = portal.people, begin_secret(portal)
    dataset, words = secret.dataset, words_of(secret.dataset)
    asked = list(portal.questions(secret, *more))
    gates.submit(revision=secret.revision, actor=people["editor"], now=NOW, note="zqwhy")
    revision = passed(answered(secret.revision, people, note="zqanswer"), people)
    instant = NOW + MINUTE / 2
    gates.release(revision=revision, actor=people["publisher"], now=NOW, visible_from=instant)
    before = portal.tell(asked, "anonymous")
    clock.move_to(instant)
    there = portal.tell(asked, "anonymous")

    assert naming(before, words) == {}
    assert heard(there, words) == FOUND
    assert {question.route for question in differences(before, there)} >= COUNTED
    assert naming(there, EVER_HIDDEN) == {}

    withdraw(dataset, people)
    gone = portal.tell(asked, "anonymous")
    clock.shift(MINUTE)

    assert {question.route for _who, question in naming(gone, words)} <= OF_A_RECORD
    assert naming(gone, words - TOLD_BY_A_TOMBSTONE) == {}
    assert {answer.status for (_who, question), answer in gone.items() if "zqname" in question.path} == {302, 410}
    assert {question.route for question in differences(before, portal.tell(asked, "anonymous"))} <= OF_A_RECORD

    publication.restore(dataset=dataset, actor=people["publisher"], now=timezone.now())
    clock.shift(MINUTE)

    assert heard(portal.tell([each for each in asked if each.route in FOUND], "anonymous"), words) == FOUND


def changed(revision, people):
    """The same record full of words, with another file, and a resource more."""
    copy = working_copy(revision)
    for name, value in dataset_words().items():
        setattr(copy.dataset, name, value)
    kept, more = copy.resources[0], ResourceFactory.build(**resource_words(EARLIER_FILE, "zqout"))
    for name, value in resource_words().items():
        setattr(kept, name, value)
    edit = revisions.Edit(dataset=copy.dataset, resources=[kept, more], note="zqnote")
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=NOW), more


def test_a_change_of_a_public_record_makes_no_difference_before_its_instant(portal, clock):
    people, told = portal.people, {}
    dataset = released(begun(people), people).dataset
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    secret = datasets.World(dataset, dataset, portal.own.enquiry, revision)
    words = words_in(dataset_words(), resource_words(), resource_words(EARLIER_FILE, "zqout")) | {"zqhead", "zqcell", "zqnote"}
    with undone():
        revision, more = changed(revision, people)
        new = address("datasets:resource-detail", [dataset.name, more.pk])
        asked = list(portal.questions(secret, new))
        told["edited"] = portal.tell(asked, "neighbour")
        answered(submitted(revision, people), people, note="zqanswer")
        revision = passed(revision, people)
        instant = NOW + MINUTE / 2
        gates.release(revision=revision, actor=people["publisher"], now=NOW, visible_from=instant)
        forget_instants()  # as the commit does
        told["scheduled"] = portal.tell(asked, "neighbour")
        clock.move_to(instant)
        portal.visitors["anonymous"].get("/en/")  # the first reader after it; what the walk writes is undone
        there = portal.tell(asked, "neighbour")
    clock.move_to(NOW)
    never = portal.tell(asked, "neighbour")

    for stage, answers in told.items():
        assert naming(answers, words | {"zqanswer"}) == {}, stage
        assert differences(never, answers) == [], stage
    assert heard(there, words) >= {"datasets:dataset-detail", "datasets:dataset-list", "datasets:resource-detail"}
    assert naming(there, {"zqanswer"}) == {}
