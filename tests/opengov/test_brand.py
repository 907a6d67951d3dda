"""A second brand: whatever names the portal comes from its file."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from accounts.services import people
from datasets.enums import EnquiryKind
from datasets.services import enquiries
from opengov.brand import brand
from tests.factories.accounts import UserFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
ELSEWHERE = """
logo = "opengov/icons.svg"
accent = "#663399"
accent_dark = "#ccaaff"
contact_email = "data@elsewhere.example"
license = "cc-by"
[name]
en = "Data of Elsewhere"
fr = "Données d’ailleurs"
[owner]
en = "Republic of Elsewhere"
fr = "République d’ailleurs"
[tagline]
en = "Open for all of Elsewhere"
fr = "Ouvertes pour tout ailleurs"
[languages]
en = "English (UK)"
fr = "Français (FR)"
"""
OURS = (
    "OpenGov Portal",
    "Portail du gouvernement ouvert",
    "Government of Canada",
    "Gouvernement du Canada",
    "open-ouvert",
    "logo.svg",
)


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    own = tmp_path / "brand.toml"
    own.write_text(ELSEWHERE, "utf-8")
    settings.BRAND_FILE = str(own)
    settings.DEFAULT_FROM_EMAIL = "portal@localhost"
    return brand()


def shown(client, language, name, *args):
    with translation.override(language):
        return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "name",
    [
        "home",
        "dataset-list",
        "dataset-detail",
        "licence",
        "about",
        "privacy",
        "accessibility",
        "help",
        "contact",
        "feed-new",
        "statistics",
    ],
)
def test_every_page_names_the_brand_and_nothing_of_ours(client, elsewhere, language, name):
    arguments = [DatasetFactory(published=True, license_id="cc-by").name] if name == "dataset-detail" else []

    page = shown(client, language, f"datasets:{name}", *arguments)

    assert elsewhere.names[language] in page
    assert [word for word in OURS if word in page] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_frame_has_logo_owner_tagline_and_names_of_languages(client, elsewhere, language):
    page = shown(client, language, "datasets:home")

    assert "opengov/icons" in page
    assert elsewhere.owners[language] in page
    assert elsewhere.taglines[language] in page
    assert elsewhere.languages["fr" if language == "en" else "en"] in page
    assert "#663399" in page
    assert "--brand:#663399;--brand-dark:#ccaaff" in client.get(reverse("brand-css")).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_licence_page_tells_of_the_brands_licence(client, language):
    page = shown(client, language, "datasets:licence")

    assert "Creative Commons" in page.split("<h2>")[0]


def test_languages_are_chosen_under_the_brands_names(client):
    client.force_login(UserFactory())

    assert ">Français (FR)</option>" in client.get("/en/account/profile/").content.decode()


def test_sign_in_and_error_pages_name_the_brand(client):
    for address in ("/en/account/login/", "/en/nothing/"):
        page = client.get(address).content.decode()
        assert "Data of Elsewhere" in page
        assert [word for word in OURS if word in page] == []


def test_what_machines_read_names_the_brand(client):
    assert "mailto:data@elsewhere.example" in client.get("/.well-known/security.txt").content.decode()
    assert "opengov/icons" in client.get("/favicon.ico").url


@pytest.mark.parametrize("language", ["en", "fr"])
def test_mail_comes_from_the_brand_and_reaches_its_contact(django_capture_on_commit_callbacks, elsewhere, settings, language):
    with django_capture_on_commit_callbacks(execute=True):
        enquiries.send(
            kind=EnquiryKind.CONTACT, text="Where?", email="a@example.org", language=language, page="", now=timezone.now()
        )
        people.delete_account(user=UserFactory(language=language))

    receipt, staff, farewell = mail.outbox
    assert elsewhere.names[language] in receipt.body
    assert staff.to == ["data@elsewhere.example"]
    assert elsewhere.contact_email in farewell.body
    for sent in mail.outbox:
        assert sent.from_email == f"{elsewhere.names[language]} <portal@localhost>"
        assert [word for word in OURS if word in sent.body + sent.subject] == []
