"""Who gets what at the addresses of the catalogue. `member` belongs to the organization of the draft."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.models import User
from datasets import permanent_urls, urls
from datasets.models import Dataset, Enquiry, Resource, Revision
from tests.factories.accounts import MembershipFactory
from tests.factories.datasets import DatasetFactory, EnquiryFactory
from tests.factories.staff import clients as all_clients
from tests.permission_matrix import answers, names, read

pytestmark = pytest.mark.django_db

MATRIX = read("""
                                  anonymous person member author moderator publisher administrator operator
    datasets:home                 200       200    200    200    200       200       200           200
    datasets:dataset-list         200       200    200    200    200       200       200           200
    datasets:completion-list      200       200    200    200    200       200       200           200
    datasets:results-export       200       200    200    200    200       200       200           200
    datasets:dataset-detail       200       200    200    200    200       200       200           200
    datasets:dataset-history      200       200    200    200    200       200       200           200
    datasets:dataset-metadata     200       200    200    200    200       200       200           200
    datasets:dataset-feed         200       200    200    200    200       200       200           200
    datasets:dataset-citation     200       200    200    200    200       200       200           200
    datasets:resource-detail      200       200    200    200    200       200       200           200
    datasets:resource-download    302       302    302    302    302       302       302           302
    datasets:resource-picture     404       404    404    404    404       404       404           404
    datasets:resource-map         404       404    404    404    404       404       404           404
    datasets:resource-history     200       200    200    200    200       200       200           200
    datasets:resource-version     404       404    404    404    404       404       404           404
    datasets:organization-list    200       200    200    200    200       200       200           200
    datasets:organization-detail  200       200    200    200    200       200       200           200
    datasets:subject-list         200       200    200    200    200       200       200           200
    datasets:subject-detail       200       200    200    200    200       200       200           200
    datasets:feed-new             200       200    200    200    200       200       200           200
    datasets:feed-updated         200       200    200    200    200       200       200           200
    datasets:feed-results         200       200    200    200    200       200       200           200
    datasets:feed-organization    200       200    200    200    200       200       200           200
    datasets:feed-subject         200       200    200    200    200       200       200           200
    datasets:contact              200       200    200    200    200       200       200           200
    POST datasets:contact         200       200    200    200    200       200       200           200
    datasets:enquiry-status       200       200    200    200    200       200       200           200
    datasets:feedback             200       200    200    200    200       200       200           200
    POST datasets:feedback        200       200    200    200    200       200       200           200
    datasets:enquiry-list         login     404    404    404    200       200       200           200
    datasets:enquiry-detail       login     404    404    404    200       200       200           200
    POST datasets:enquiry-detail  login     404    404    404    200       200       200           200
    datasets:enquiry-take         login     405    405    405    405       405       405           405
    POST datasets:enquiry-take    login     404    404    404    302       302       302           302
    datasets:enquiry-close        login     405    405    405    405       405       405           405
    POST datasets:enquiry-close   login     404    404    404    302       302       302           302
    datasets:revision-detail      login     404    200    200    200       200       200           200
    datasets:revision-review      login     404    404    404    404       404       404           404
    POST datasets:revision-review  login    404    404    404    404       404       404           404
    datasets:revision-sign        login     404    404    404    404       404       404           404
    datasets:revision-attachment  login     404    404    404    404       404       404           404
    datasets:revision-whole       login     404    200    200    200       200       200           200
    POST datasets:revision-whole  login     405    405    405    405       405       405           405
    datasets:revision-file        login     404    404    404    404       404       404           404
    POST datasets:revision-sign   login     404    404    404    404       404       404           404
    datasets:revision-move        login     404    404    404    404       302       404           404
    POST datasets:revision-move   login     404    404    404    404       302       404           404
    datasets:queue-review         login     404    404    404    404       404       404           404
    datasets:queue-sign-off       login     404    404    404    404       404       404           404
    datasets:queue-release        login     404    404    404    404       200       404           404
    POST datasets:queue-release   login     404    404    404    404       422       404           404
    datasets:record-withdraw      login     404    404    404    404       200       404           404
    POST datasets:record-withdraw  login    404    404    404    404       422       404           404
    datasets:approval-withdraw    login     404    404    404    404       404       404           404
    POST datasets:approval-withdraw  login  404    404    404    404       404       404           404
    datasets:record-restore       login     404    404    404    404       404       404           404
    POST datasets:record-restore  login     404    404    404    404       404       404           404
    datasets:turnaround-list      login     404    200    200    200       200       200           200
    datasets:freshness-list       login     404    200    200    200       200       200           200
    datasets:turnaround-csv       login     404    200    200    200       200       200           200
    datasets:record-list                login     404    200    404    404       404       404           404
    datasets:record-create              login     404    404    404    404       404       404           404
    POST datasets:record-create         login     404    404    404    404       404       404           404
    datasets:record-edit                login     404    404    404    404       404       404           404
    POST datasets:record-edit           login     404    404    404    404       404       404           404
    datasets:record-revise              login     405    405    405    405       405       405           405
    POST datasets:record-revise         login     404    404    404    404       404       404           404
    datasets:record-duplicate           login     405    405    405    405       405       405           405
    POST datasets:record-duplicate      login     404    404    404    404       404       404           404
    datasets:record-history             login     404    200    200    200       200       200           200
    datasets:record-history-resource    login     404    404    404    404       404       404           404
    datasets:record-take-back           login     405    405    405    405       405       405           405
    POST datasets:record-take-back      login     404    404    404    404       404       404           404
    datasets:record-resources           login     404    404    404    404       404       404           404
    datasets:record-link-add            login     404    404    404    404       404       404           404
    datasets:record-file-add            login     404    404    404    404       404       404           404
    datasets:record-resource-edit       login     404    404    404    404       404       404           404
    POST datasets:record-link-add       login     404    404    404    404       404       404           404
    POST datasets:record-file-add       login     404    404    404    404       404       404           404
    POST datasets:record-resource-edit  login     404    404    404    404       404       404           404
    datasets:record-resource-move       login     405    405    405    405       405       405           405
    POST datasets:record-resource-move  login     404    404    404    404       404       404           404
    datasets:record-resource-remove     login     405    405    405    405       405       405           405
    POST datasets:record-resource-remove login     404    404    404    404       404       404           404
    datasets:upload-begin               login     405    405    405    405       405       405           405
    POST datasets:upload-begin          login     404    404    404    404       404       404           404
    datasets:upload-part                login     404    404    404    404       404       404           404
    PUT datasets:upload-part            login     404    404    404    404       404       404           404
    datasets:record-export                  login     404    200    404    404       404       404           404
    datasets:record-import                  login     404    404    404    404       404       404           404
    POST datasets:record-import             login     404    404    404    404       404       404           404
    datasets:record-import-apply            login     405    405    405    405       405       405           405
    POST datasets:record-import-apply       login     404    404    404    404       404       404           404
    datasets:record-bulk                    login     404    404    404    404       404       404           404
    POST datasets:record-bulk               login     404    404    404    404       404       404           404
    datasets:statistics           200       200    200    200    200       200       200           200
    datasets:statistics-csv       200       200    200    200    200       200       200           200
    datasets:about                200       200    200    200    200       200       200           200
    datasets:licence              200       200    200    200    200       200       200           200
    datasets:accessibility        200       200    200    200    200       200       200           200
    datasets:privacy              200       200    200    200    200       200       200           200
    datasets:help                 200       200    200    200    200       200       200           200
    permanent-dataset             302       302    302    302    302       302       302           302
    permanent-dataset-en          301       301    301    301    301       301       301           301
    permanent-dataset-fr          301       301    301    301    301       301       301           301
    permanent-resource            302       302    302    302    302       302       302           302
    permanent-download            302       302    302    302    302       302       302           302
""")
# The same pages of a draft: not there for the public, and there for its organization and the portal's staff.
OF_A_DRAFT = read("""
                                anonymous person member author moderator publisher administrator operator
    datasets:dataset-detail     404       404    200    200    200       200       200           200
    datasets:dataset-history    404       404    200    200    200       200       200           200
    datasets:dataset-metadata   404       404    200    200    200       200       200           200
    datasets:dataset-feed       404       404    404    404    404       404       404           404
    datasets:dataset-citation   404       404    200    200    200       200       200           200
    datasets:resource-detail    404       404    200    200    200       200       200           200
    datasets:resource-download  404       404    302    302    302       302       302           302
    datasets:resource-picture   404       404    404    404    404       404       404           404
    datasets:resource-map       404       404    404    404    404       404       404           404
    datasets:resource-history   404       404    200    200    200       200       200           200
    datasets:resource-version   404       404    404    404    404       404       404           404
""")


OF_A_REVISION = (
    "record-edit", "record-resources", "record-link-add", "record-file-add", "upload-begin",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """A public dataset with a resource, a draft with one and its revision, and an enquiry."""

    dataset: Dataset
    draft: Dataset
    enquiry: Enquiry
    revision: Revision

    def arguments(self, name, dataset=None):
        dataset = dataset or self.dataset
        resource: Resource = dataset.resources.get()
        leaf = name.rpartition(":")[2]
        if leaf.startswith("resource-"):
            return [dataset.name, resource.pk, *([resource.sha256 or "0" * 64] if leaf == "resource-version" else [])]
        if leaf.startswith("record-resource-"):
            return [self.revision.pk, self.draft.resources.get().pk]
        if leaf == "upload-part":
            return [self.revision.pk, UUID(int=0)]
        if leaf in OF_A_REVISION:
            return [self.revision.pk]
        if leaf.startswith("permanent-dataset"):
            return [dataset.pk]
        if leaf.startswith("permanent-"):
            return [dataset.pk, resource.pk, *(["a.csv"] if leaf == "permanent-download" else [])]
        if leaf.startswith("dataset-") and leaf != "dataset-list":
            return [dataset.name, *(["bib"] if leaf == "dataset-citation" else [])]
        return {
            "results-export": ["csv"],
            "organization-detail": [dataset.owner_org.name],
            "feed-organization": [dataset.owner_org.name],
            "subject-detail": ["economics_and_industry"],
            "feed-subject": ["economics_and_industry"],
            "enquiry-status": [self.enquiry.code],
            "enquiry-detail": [self.enquiry.code],
            "enquiry-take": [self.enquiry.code],
            "enquiry-close": [self.enquiry.code],
            "revision-detail": [self.revision.pk],
            "revision-review": [self.revision.pk],
            "revision-sign": [self.revision.pk],
            "revision-attachment": [self.revision.pk, "0" * 64],
            "revision-whole": [self.revision.pk],
            "revision-file": [self.revision.pk, self.revision.dataset.resources.first().sha256 or "0" * 64],
            "revision-move": [self.revision.pk, "release"],
            "approval-withdraw": [self.dataset.name],
            "record-withdraw": [self.dataset.name],
            "record-restore": [self.dataset.name],
            "record-revise": [self.draft.name],
            "record-export": [self.draft.owner_org.name, "csv"],
            "record-import": [self.draft.owner_org.name],
            "record-import-apply": [self.draft.owner_org.name],
            "record-duplicate": [self.draft.name],
            "record-history": [self.draft.name],
            "record-history-resource": [self.draft.name, self.draft.resources.get().pk],
            "record-take-back": [self.draft.name],
        }.get(leaf, [])


@pytest.fixture
def world():
    draft = DatasetFactory(resources=1)
    revision = Revision.objects.create(dataset=draft)
    return World(DatasetFactory(published=True, resources=1), draft, EnquiryFactory(), revision)


@pytest.fixture
def clients(world):
    made = all_clients()
    member = User.objects.get(pk=made["member"].session["_auth_user_id"])
    MembershipFactory(user=member, organization=world.draft.owner_org)
    return made


def test_each_role_gets_what_the_matrix_says(clients, world):
    got = {str(row): answers(row, clients, world.arguments(row.name)) for row in MATRIX}

    assert got == {str(row): row.expected for row in MATRIX}


def test_a_draft_is_there_for_its_own_alone(clients, world):
    got = {str(row): answers(row, clients, world.arguments(row.name, world.draft)) for row in OF_A_DRAFT}

    assert got == {str(row): row.expected for row in OF_A_DRAFT}


def test_every_address_has_a_row():
    ours = set(names(urls.urlpatterns, urls.app_name)) | set(names(permanent_urls.urlpatterns))

    assert {row.name for row in MATRIX} == ours
    of_a_record = {name for name in ours if name.startswith(("datasets:dataset-", "datasets:resource-"))}
    assert {row.name for row in OF_A_DRAFT} == of_a_record - {"datasets:dataset-list"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_the_pages_of_the_gates_are_read_and_posted_and_no_more(clients, world, method):
    told = ("revision-", "queue-", "approval-", "turnaround-", "freshness-")
    ours = {row.name for row in MATRIX if row.name.partition(":")[2].startswith(told)}

    got = {name: clients["publisher"].generic(method, reverse(name, args=world.arguments(name))).status_code for name in ours}

    assert got == dict.fromkeys(ours, 405)
