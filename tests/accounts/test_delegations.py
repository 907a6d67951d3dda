"""Delegations: who signs for whom, on which days."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.activity import of
from accounts.enums import OrganizationRole
from accounts.models import Delegation, User
from tests.factories.accounts import DelegationFactory, MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def delegators(delegation):
    return User.objects.get(pk=delegation.delegate_id).delegators


def test_a_delegation_holds_from_its_first_day_to_its_last(time_machine):
    delegation = DelegationFactory()
    noon = dt.time(12)
    held = {}
    for day in (delegation.starts_on - DAY, delegation.starts_on, delegation.ends_on, delegation.ends_on + DAY):
        time_machine.move_to(timezone.make_aware(dt.datetime.combine(day, noon)))
        held[day] = delegators(delegation)

    inside = {delegation.organization_id: delegation.delegator_id}
    assert list(held.values()) == [{}, inside, inside, {}]


@pytest.mark.parametrize("who", ["delegator", "delegate"])
def test_it_ends_when_one_of_them_leaves_the_organization(who):
    delegation = DelegationFactory()
    assert delegators(delegation)

    getattr(delegation, who).memberships.all().delete()

    assert delegators(delegation) == {}


def test_an_official_delegates_and_ends_it(client):
    organization = OrganizationFactory()
    official = MembershipFactory(organization=organization, role=OrganizationRole.IMSO).user
    member = MembershipFactory(organization=organization).user
    client.force_login(official)
    url = reverse("accounts:delegation-list", args=[organization.name])
    today = timezone.localdate()
    days = {"starts_on": today.isoformat(), "ends_on": (today + DAY).isoformat()}

    assert url in client.get(reverse("accounts:member-list", args=[organization.name])).content.decode()
    assert client.post(url, days | {"delegate": MembershipFactory().user.pk}).status_code == 422, "of another organization"
    backwards = {"starts_on": days["ends_on"], "ends_on": days["starts_on"]}
    assert "The last day is before the first." in client.post(url, backwards | {"delegate": member.pk}).content.decode()
    assert client.post(url, days | {"delegate": member.pk}).status_code == 302
    delegation = Delegation.objects.get()
    assert delegators(delegation) == {organization.pk: official.pk}

    client.post(reverse("accounts:delegation-revoke", args=[delegation.pk]))

    assert delegators(delegation) == {}
    assert [row.verb for row in of(member)] == ["delegation.revoke", "delegation.grant"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_however_long_it_is(client, count, django_assert_max_num_queries):
    organization = OrganizationFactory()
    official = MembershipFactory(organization=organization, role=OrganizationRole.IMSO).user
    DelegationFactory.create_batch(count, organization=organization, delegator=official)
    client.force_login(official)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("accounts:delegation-list", args=[organization.name]))

    assert page.content.decode().count("Last day") >= 1
    assert len(page.context["delegations"]) == count
