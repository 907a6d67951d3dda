import pytest

from opengov import slots


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(slots, "_panels", {})


@pytest.fixture
def templates(settings, tmp_path):
    (tmp_path / "panel.html").write_text("<p>{{ text }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def test_rooms_fill_a_slot_in_order_and_may_stay_silent(templates, rf):
    slots.fill("home", "panel.html", lambda request: {"text": "late"}, order=200)
    slots.fill("home", "panel.html", lambda request: {"text": request.path}, order=10)
    slots.fill("home", "panel.html", lambda request: None)
    slots.fill("elsewhere", "panel.html", lambda request: {"text": "not here"})

    assert slots.panels("home", rf.get("/en/")) == ["<p>/en/</p>", "<p>late</p>"]


def test_a_slot_that_nobody_fills_is_empty(rf):
    assert slots.panels("home", rf.get("/en/")) == []


def test_filled_twice_it_shows_once(templates, rf):
    def hello(request):
        return {"text": "hello"}

    slots.fill("home", "panel.html", hello)
    slots.fill("home", "panel.html", hello)

    assert slots.panels("home", rf.get("/en/")) == ["<p>hello</p>"]
