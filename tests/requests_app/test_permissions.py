"""Who gets what at the addresses of the request board. `member` edits for the department that is asked."""

import pytest

from accounts.models import User
from requests_app import urls
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.requests_app import DataRequestFactory
from tests.factories.staff import clients as all_clients
from tests.permission_matrix import answers, names, read

pytestmark = pytest.mark.django_db

MATRIX = read("""
                                   anonymous person member author moderator publisher administrator operator
    requests:request-list          200       200    200    200    200       200       200           200
    requests:request-csv           200       200    200    200    200       200       200           200
    requests:request-detail        200       200    200    200    200       200       200           200
    requests:response-time-list    200       200    200    200    200       200       200           200
    requests:response-time-csv     200       200    200    200    200       200       200           200
    requests:feed-list             200       200    200    200    200       200       200           200
    requests:feed-request          200       200    200    200    200       200       200           200
    requests:request-create        login     200    200    200    200       200       200           200
    POST requests:request-create   login     422    422    422    422       422       422           422
    requests:request-similar       login     200    200    200    200       200       200           200
    requests:request-answer        login     404    200    404    200       404       200           200
    POST requests:request-answer   login     404    422    404    422       404       422           422
    requests:request-owner         login     404    200    404    200       404       200           200
    POST requests:request-owner    login     404    302    404    302       404       302           302
    requests:request-department    login     404    404    404    404       404       404           404
    requests:desk-list             login     404    200    404    200       404       200           200
    requests:desk                  login     404    200    404    200       404       200           200
    requests:request-merge         login     404    404    404    200       404       200           200
    POST requests:request-merge    login     404    404    404    422       404       422           422
""")
# The same of what waits for moderation: nothing of it is there for the public.
OF_A_WAITING_ONE = read("""
                               anonymous person member author moderator publisher administrator operator
    requests:request-detail    404       404    404    404    200       404       200           200
    requests:feed-request      404       404    404    404    404       404       404           404
    requests:request-answer    login     404    404    404    404       404       404           404
    requests:request-merge     login     404    404    404    404       404       404           404
""")


# Who sends a request on that names no department.
OF_A_HOMELESS_ONE = read("""
                                        anonymous person member author moderator publisher administrator operator
    requests:request-department         login     404    404    404    200       404       200           200
    POST requests:request-department    login     404    404    404    422       404       422           422
    requests:request-answer             login     404    404    404    200       404       200           200
""")


@pytest.fixture
def department():
    return OrganizationFactory()


@pytest.fixture
def clients(department):
    made = all_clients()
    member = User.objects.get(pk=made["member"].session["_auth_user_id"])
    MembershipFactory(user=member, organization=department, role="editor")
    return made


def arguments(name, thing):
    if name == "requests:desk":
        return [thing.organization.name if thing.organization else "nobody"]
    if name == "requests:feed-request":
        return [thing.pk]
    return [thing.pk] if name.rpartition("-")[2] in ("detail", "answer", "merge", "owner", "department") else []


CASES = [(MATRIX, "approved", True), (OF_A_WAITING_ONE, "pending", True), (OF_A_HOMELESS_ONE, "approved", False)]


@pytest.mark.parametrize(("matrix", "moderation", "is_asked"), CASES)
def test_each_role_gets_what_the_matrix_says(clients, department, matrix, moderation, is_asked):
    thing = DataRequestFactory(organization=department if is_asked else None, moderation=moderation)
    got = {str(row): answers(row, clients, arguments(row.name, thing)) for row in matrix}
    assert got == {str(row): row.expected for row in matrix}


def test_every_address_has_a_row():
    assert {row.name for row in MATRIX} == set(names(urls.urlpatterns, urls.app_name))
