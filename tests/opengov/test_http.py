import hashlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from opengov import http

BODY = b"year,starts\n2026,7\n" * 1000


class Portal(BaseHTTPRequestHandler):
    """Another portal: a file, redirects, an endless answer, a slow one, an echo of what it was asked with."""

    def do_GET(self):
        getattr(self, self.path.strip("/").partition("/")[0])()

    def log_message(self, *args):
        pass

    def answer(self, body=b"", status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def file(self):
        self.answer(BODY)

    def missing(self):
        self.answer(b"no such thing", 404)

    def moved(self):
        self.answer(status=302, Location="/file")

    def loop(self):
        self.answer(status=302, Location="/loop")

    def inwards(self):
        self.answer(status=302, Location=f"http://localhost:{self.server.server_port}/file")

    def metadata(self):
        self.answer(status=302, Location="http://169.254.169.254/latest/meta-data/")

    def local_file(self):
        self.answer(status=302, Location="file:///etc/passwd")

    def agent(self):
        self.answer(self.headers["User-Agent"].encode())

    def unmeasured(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(BODY)

    def broken(self):
        self.send_response(200)
        self.send_header("Content-Length", "900")
        self.end_headers()
        self.wfile.write(b"half")


@pytest.fixture(scope="module")
def portal():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def known(portal, settings):
    """The other portal stands on this machine, which the guard would refuse."""
    settings.OUTBOUND_PRIVATE_HOSTS = ["127.0.0.1"]
    return portal


def test_an_answer_is_read_with_its_status(known):
    assert http.get(f"{known}/file").content == BODY
    assert http.get(f"{known}/missing").status_code == 404
    assert http.get(f"{known}/moved").content == BODY
    assert http.get(f"{known}/agent").text.startswith("OpenGovPortal (+http")


def test_a_file_is_fetched_to_disk_with_its_hash(known, tmp_path):
    found = http.download(f"{known}/moved", tmp_path / "starts.csv", max_bytes=len(BODY))

    assert found.path.read_bytes() == BODY
    assert (found.url, found.size, found.sha256) == (f"{known}/file", len(BODY), hashlib.sha256(BODY).hexdigest())


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("file", http.TooLarge),
        ("unmeasured", http.TooLarge),
        ("missing", http.Unreachable),
        ("broken", http.Unreachable),
        ("loop", http.Unreachable),
        ("inwards", http.Refused),
        ("metadata", http.Refused),
        ("local_file", http.Refused),
    ],
)
def test_a_download_that_fails_says_why_and_leaves_no_file(known, tmp_path, path, error):
    with pytest.raises(error):
        http.download(f"{known}/{path}", tmp_path / "file", max_bytes=1000)

    assert list(tmp_path.glob("file")) == []


def test_an_answer_that_takes_too_long_is_dropped(known, monkeypatch):
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    with http.stream(f"{known}/file") as response, pytest.raises(http.Unreachable, match="60 seconds"):
        list(http.read_limited(response, max_bytes=10**6))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "ftp://example.org/file",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "http://",
        "not an address",
    ],
)
def test_what_is_not_on_the_public_network_is_refused(url):
    with pytest.raises(http.Refused):
        http.get(url)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that turns private when it is asked a second time is asked once only."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    connected = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", (next(answers), 80))])
    monkeypatch.setattr(socket, "create_connection", lambda address, *a, **k: connected.append(address) or refuse())

    with pytest.raises(http.Unreachable):
        http.get("http://rebinding.example/")

    assert connected == [("93.184.216.34", 80)]


def refuse():
    raise ConnectionRefusedError


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    rows = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)

    with pytest.raises(http.Refused):
        http.get("http://example.org/")


def test_a_name_without_address_is_unreachable():
    with pytest.raises(http.Unreachable):
        http.get("http://no-such-host.invalid/")
