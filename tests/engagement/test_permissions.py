"""Who gets what at the addresses of taking part."""

from dataclasses import dataclass

import pytest

from datasets.models import Dataset
from engagement import urls
from engagement.models import Invalidation, TrailRemoval
from engagement.services import moderation
from requests_app.models import DataRequest, RequestComment
from tests.factories.accounts import UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.engagement import InvalidationFactory
from tests.factories.requests_app import DataRequestFactory, RequestCommentFactory
from tests.factories.staff import clients as all_clients
from tests.permission_matrix import answers, names, read

pytestmark = pytest.mark.django_db

# Who has never voted is led to the check. `person` wrote the comment, and has reported nothing.
MATRIX = read("""
                                     anonymous person member author moderator publisher administrator operator
    engagement:challenge             200       200    200    200    200       200       200           200
    engagement:vote-cast             login     405    405    405    405       405       405           405
    POST engagement:vote-cast        login     302    302    302    302       302       302           302
    engagement:vote-withdraw         login     405    405    405    405       405       405           405
    POST engagement:vote-withdraw    login     302    302    302    302       302       302           302
    engagement:vote-check            login     200    200    200    200       200       200           200
    POST engagement:vote-check       login     200    200    200    200       200       200           200
    engagement:vote-code             login     405    405    405    405       405       405           405
    POST engagement:vote-code        login     302    302    302    302       302       302           302
    engagement:rating-give           login     200    200    200    200       200       200           200
    POST engagement:rating-give      login     422    422    422    422       422       422           422
    engagement:rating-withdraw       login     405    405    405    405       405       405           405
    POST engagement:rating-withdraw  login     302    302    302    302       302       302           302
    engagement:comment-list          200       200    200    200    200       200       200           200
    engagement:comment-create        login     200    200    200    200       200       200           200
    POST engagement:comment-create   login     422    422    422    422       422       422           422
    engagement:comment-edit          login     200    404    404    404       404       404           404
    POST engagement:comment-edit     login     422    404    404    404       404       404           404
    engagement:comment-delete        login     200    404    404    404       404       404           404
    POST engagement:comment-delete   login     302    404    404    404       404       404           404
    engagement:report-create         login     404    200    200    200       200       200           200
    POST engagement:report-create    login     404    422    422    422       422       422           422
    engagement:follow-list           login     200    200    200    200       200       200           200
    engagement:follow-begin          login     405    405    405    405       405       405           405
    POST engagement:follow-begin     login     302    302    302    302       302       302           302
    engagement:follow-end            login     405    405    405    405       405       405           405
    POST engagement:follow-end       login     302    302    302    302       302       302           302
    engagement:moderation-queue      login     404    404    404    200       404       200           200
    engagement:moderation-item       login     404    404    404    200       404       200           200
    POST engagement:moderation-item  login     404    404    404    422       404       422           422
    engagement:moderation-dashboard  login     404    404    404    200       404       200           200
    engagement:check-list            login     404    404    404    200       404       200           200
    engagement:check-detail          login     404    404    404    200       404       200           200
    POST engagement:check-detail     login     404    404    404    302       404       302           302
    engagement:invalidation-list     login     404    404    404    200       404       200           200
    engagement:invalidation-create   login     404    404    404    200       404       200           200
    POST engagement:invalidation-create  login 404    404    404    422       404       422           422
    engagement:invalidation-detail   login     404    404    404    200       404       200           200
    POST engagement:invalidation-detail  login 404    404    404    302       404       302           302
    engagement:seal-list             200       200    200    200    200       200       200           200
    engagement:trail-list            login     404    404    404    200       404       200           200
    engagement:trail-restore         login     405    405    405    405       405       405           405
    POST engagement:trail-restore    login     404    404    404    302       404       302           302
""")


@pytest.fixture
def world():
    return World.make()


@dataclass
class World:
    """A text that people may vote for, a comment, a dataset, and a writer whose texts are all taken away."""

    thing: DataRequest
    removal: TrailRemoval
    comment: RequestComment
    dataset: Dataset
    invalidation: Invalidation

    @classmethod
    def make(cls):
        thing = DataRequestFactory()
        said = {"author": UserFactory(), "moderator": UserFactory(), "reason": "Spam.", "now": thing.created_at}
        return cls(
            thing,
            moderation.remove_trail(**said),
            RequestCommentFactory(thing=thing),
            DatasetFactory(published=True),
            InvalidationFactory(),
        )

    def arguments(self, name):
        leaf = name.rpartition(":")[2]
        if (leaf.startswith(("vote-", "follow-")) and leaf != "follow-list") or leaf == "moderation-item":
            return ["requests", self.thing.pk]
        if leaf.startswith("rating-"):
            return ["datasets", self.dataset.pk]
        if leaf in ("comment-edit", "comment-delete"):
            return ["requests", self.thing.pk, self.comment.pk]
        if leaf.startswith("comment-"):
            return ["requests", self.thing.pk]
        if leaf == "report-create":
            return ["request-comments", self.comment.pk]
        if leaf == "check-detail":
            return ["requests", self.thing.pk, "burst"]
        if leaf == "invalidation-detail":
            return [self.invalidation.pk]
        return [self.removal.pk] if leaf == "trail-restore" else []


def test_each_role_gets_what_the_matrix_says(world):
    clients = all_clients()
    clients["person"].force_login(world.comment.author)
    got = {str(row): answers(row, clients, world.arguments(row.name)) for row in MATRIX}
    assert got == {str(row): row.expected for row in MATRIX}


def test_every_address_has_a_row():
    assert {row.name for row in MATRIX} == set(names(urls.urlpatterns, urls.app_name))
