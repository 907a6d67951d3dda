"""Who gets what at the addresses of taking part."""

from dataclasses import dataclass

import pytest

from engagement import urls
from engagement.models import TrailRemoval
from engagement.services import moderation
from requests_app.models import DataRequest
from tests.factories.accounts import UserFactory
from tests.factories.requests_app import DataRequestFactory
from tests.factories.staff import clients as all_clients
from tests.permission_matrix import answers, names, read

pytestmark = pytest.mark.django_db

# Who has never voted is led to the check.
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
    engagement:moderation-queue      login     404    404    404    200       404       200           200
    engagement:moderation-item       login     404    404    404    200       404       200           200
    POST engagement:moderation-item  login     404    404    404    422       404       422           422
    engagement:trail-list            login     404    404    404    200       404       200           200
    engagement:trail-restore         login     405    405    405    405       405       405           405
    POST engagement:trail-restore    login     404    404    404    302       404       302           302
""")


@pytest.fixture
def world():
    return World.make()


@dataclass
class World:
    """A text that people may vote for, and a writer whose texts are all taken away."""

    thing: DataRequest
    removal: TrailRemoval

    @classmethod
    def make(cls):
        thing = DataRequestFactory()
        said = {"author": UserFactory(), "moderator": UserFactory(), "reason": "Spam.", "now": thing.created_at}
        return cls(thing, moderation.remove_trail(**said))

    def arguments(self, name):
        leaf = name.rpartition(":")[2]
        if leaf.startswith("vote-") or leaf == "moderation-item":
            return ["requests", self.thing.pk]
        return [self.removal.pk] if leaf == "trail-restore" else []


def test_each_role_gets_what_the_matrix_says(world):
    clients = all_clients()
    got = {str(row): answers(row, clients, world.arguments(row.name)) for row in MATRIX}
    assert got == {str(row): row.expected for row in MATRIX}


def test_every_address_has_a_row():
    assert {row.name for row in MATRIX} == set(names(urls.urlpatterns, urls.app_name))
