import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path
from django.utils import timezone

from opengov import urls
from opengov.errors import Gone, TooManyRequests

pytestmark = pytest.mark.django_db(databases=[])


def fail_with(error):
    def view(request):
        raise error

    return view


GONE = Gone("Housing starts, 2011", timezone.now(), "Superseded", "Housing starts", "/en/datasets/housing-starts/")
urlpatterns = [
    path("en/400/", fail_with(SuspiciousOperation())),
    path("en/403/", fail_with(PermissionDenied())),
    path("en/410/", fail_with(GONE)),
    path("en/429/", fail_with(TooManyRequests(retry_after=30))),
    path("en/500/", fail_with(ZeroDivisionError("for somebody@example.org"))),
    path("500/", fail_with(ZeroDivisionError())),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
def test_each_error_has_a_page_with_the_id_of_its_request(visitor, status):
    answer = visitor.get(f"/en/{status}/")
    page = answer.content.decode()

    assert answer.status_code == status
    assert f"Error {status}" in page
    assert f"<code>{answer['X-Request-ID']}</code>" in page
    assert page.count("<section") == 1
    assert "no-store" in answer["Cache-Control"]


def test_where_the_address_tells_no_language_the_page_speaks_both(visitor):
    for address in ("/nowhere/", "/500/"):
        page = visitor.get(address, headers={"Accept-Language": "fr"}).content.decode()

        assert '<html lang="fr"' in page
        assert page.index('lang="fr">\n') < page.index('<section class="error-page" lang="en">')


def test_a_tombstone_tells_what_was_withdrawn_why_and_what_took_its_place(visitor):
    answer = visitor.get("/en/410/")
    page = answer.content.decode()

    assert answer.status_code == 410
    assert "no-store" in answer["Cache-Control"]
    assert "Housing starts, 2011" in page
    assert "Superseded" in page
    assert '<a href="/en/datasets/housing-starts/">Housing starts</a>' in page


def test_who_asks_too_often_is_told_when_to_come_back(visitor):
    assert visitor.get("/en/429/")["Retry-After"] == "30"


def test_a_host_that_is_not_ours_gets_a_plain_refusal_and_no_line_in_the_log(visitor):
    assert visitor.get("/en/", headers={"Host": "evil.example"}).status_code == 400

    log = logging.getLogger("django.security.DisallowedHost")
    assert not log.propagate
    assert logging.NullHandler in map(type, log.handlers)  # without any, Python would write to the error stream itself


def test_a_form_without_its_token_gets_the_page_for_403(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False

    answer = Client(enforce_csrf_checks=True).post("/en/410/")

    assert answer.status_code == 403
    assert "Error 403" in answer.content.decode()


def test_the_page_for_500_needs_no_collected_static_files(visitor, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    assert "Error 500" in visitor.get("/en/500/").content.decode()
