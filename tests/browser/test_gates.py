"""A record passes the gates in the hands of four people, is found by a citizen, and is taken back."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from datasets.models import Dataset, Resource, Revision
from datasets.services import gates, revisions
from datasets.services.files import store
from tests.factories.accounts import PASSWORD, OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory
from tests.factories.gates import people_of

pytestmark = pytest.mark.browser
TABLE = b"hour,height\n07:00,3.2\n08:00,4.1\n"


@pytest.fixture
def people():
    return people_of(OrganizationFactory(title_en="Fisheries and Oceans", title_fr="Pêches et Océans"))


@pytest.fixture
def revision(people):
    """A record with a file, sent to review."""
    kept = store(TABLE)
    dataset = DatasetFactory.build(
        owner_org=people["editor"].memberships.get().organization, title_en="Tides of Fundy", title_fr="Marées de Fundy"
    )
    table = ResourceFactory.build(url="", file=kept.path, sha256=kept.sha256, size=kept.size, filename="tides.csv")
    begun = revisions.open_record(dataset=dataset, actor=people["editor"], now=timezone.now(), resources=[table])
    return gates.submit(revision=begun, actor=people["editor"], now=timezone.now())


def sign_in(visitor, user, address):
    visitor.open(f"{reverse('account_login')}?next={address}")
    visitor.page.fill("main [name=login]", user.email)
    visitor.page.fill("main [name=password]", PASSWORD)
    visitor.page.locator("main form", has=visitor.page.locator("[name=password]")).locator("button:visible").first.click()
    visitor.page.wait_for_url(f"**{address}")
    visitor.check()


def press(visitor, selector):
    """Press what leads to another page, wait for it, and look at it."""
    with visitor.page.expect_navigation():
        visitor.page.locator(selector).first.click()
    visitor.check()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_is_reviewed_signed_released_found_and_withdrawn(new_visitor, people, revision, language):
    with translation.override(language):
        reviewer, official, publisher, citizen = (new_visitor() for _ in range(4))
        sign_in(reviewer, people["reviewer"], reverse("datasets:queue-review"))
        press(reviewer, ".records h2 a")
        press(reviewer, "aside .button")
        for choice in reviewer.page.locator("input[type=radio][value=met]").all():
            choice.check()
        press(reviewer, "button[value=pass]")

        sign_in(official, people["imso"], reverse("datasets:queue-sign-off"))
        press(official, ".records h2 a")
        press(official, "aside .button:not(.button--quiet)")
        official.page.fill("#id_name", "Solange Arsenault")
        official.page.fill("#id_position", "Chief Information Officer")
        official.page.fill("#id_text", "I approve.")
        press(official, "main form .button")

        sign_in(publisher, people["publisher"], reverse("datasets:queue-release"))
        publisher.page.check("input[name=revisions]")
        press(publisher, "main form .button")

        dataset, resource = Dataset.objects.published().get(), Resource.objects.get()
        citizen.open(dataset.get_absolute_url())
        citizen.check()
        assert "Solange Arsenault" in citizen.page.locator("main").inner_text()
        address = reverse("datasets:resource-download", args=[dataset.name, resource.pk])
        assert hashlib.sha256(citizen.context.request.get(citizen.base_url + address).body()).hexdigest() == resource.sha256

        official.open(Revision.objects.get().get_absolute_url())
        press(official, "aside .button")
        official.page.fill("#id_reason_en", "The heights are wrong.")
        official.page.fill("#id_reason_fr", "Les hauteurs sont fausses.")
        press(official, "main form .button")
        answer = citizen.context.request.get(citizen.base_url + dataset.get_absolute_url())
        assert (answer.status, "heights are wrong" in answer.text() or "hauteurs sont fausses" in answer.text()) == (410, True)
