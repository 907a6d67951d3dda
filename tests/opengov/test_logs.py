import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from opengov import logs
from opengov.logs import support_id

pytestmark = pytest.mark.django_db
urlpatterns: list = []


@pytest.fixture
def lines():
    """What production would write, as parsed lines."""
    stream = io.StringIO()
    configuration = logs.configuration(style="json", level="INFO")
    handler = logging.StreamHandler(stream)
    formatter = configuration["formatters"]["structured"]
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_line_with_its_id_and_route(client, lines):
    answer = client.get("/en/account/?q=somebody@example.org&token=secret")

    (line,) = [line for line in lines() if line["event"] == "request"]
    line.pop("message")  # left on the record by pytest's own handler
    assert line.keys() == {
        "event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "milliseconds"
    }  # fmt: skip
    assert line["request_id"] == answer["X-Request-ID"]
    assert "secret" not in json.dumps(lines())


def test_a_failure_is_logged_with_its_traceback_and_without_addresses(settings, lines):
    settings.ROOT_URLCONF = "tests.opengov.test_error_pages"
    settings.DEBUG = False

    answer = Client(raise_request_exception=False).get("/en/500/?token=secret")

    (line,) = [line for line in lines() if line["event"] == "request_failed"]
    assert line["request_id"] == answer["X-Request-ID"]
    assert "ZeroDivisionError: for [e-mail]" in line["exception"]
    assert "secret" not in json.dumps(lines())


def test_addresses_are_masked_in_whatever_is_logged(lines):
    logging.getLogger("accounts").warning("bounced %s", "Some.Body+x@mail.example.org", extra={"to": "a@example.org"})

    (line,) = lines()
    assert (line["event"], line["to"]) == ("bounced [e-mail]", "[e-mail]")


def test_outside_of_a_request_there_is_no_id():
    assert support_id() == ""


@pytest.mark.parametrize(
    ("proxies", "sent", "is_kept"),
    [(1, "a1b2c3d4-e5f6", True), (0, "a1b2c3d4-e5f6", False), (1, "<script>", False), (1, "x" * 65, False)],
)
def test_only_a_trusted_proxy_may_give_the_id(client, settings, proxies, sent, is_kept):
    settings.TRUSTED_PROXIES = proxies

    assert (client.get("/healthz", headers={"X-Request-ID": sent})["X-Request-ID"] == sent) == is_kept
