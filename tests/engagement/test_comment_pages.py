"""The pages of comments, without a script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from datasets.models import DatasetComment
from engagement.boards import board_of
from engagement.selectors.comments import THREADS_A_PAGE, talk
from engagement.services import comments
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.datasets import DatasetCommentFactory, DatasetFactory
from tests.factories.requests_app import DataRequestFactory, RequestCommentFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EVIL = """<script>alert(1)</script>

<img src=x onerror=alert(1)>

[click](javascript:alert(1)) [data](data:text/html,x) <a href="JaVaScRiPt:alert(1)" onclick="alert(1)">x</a>

![pixel](https://evil.example/pixel.png)

<svg onload=alert(1)></svg> <iframe src="//evil.example"></iframe> <style>body{display:none}</style>

<form action="//evil.example"><input name=password></form> <p style="color:red" class="button">styled</p>

[fine](https://example.org "title")
"""


@pytest.fixture
def thing():
    return DatasetFactory(published=True)


@pytest.fixture
def reader(client):
    user = UserFactory(display_name="Ada")
    client.force_login(user)
    return user


def at(verb, thing, *more):
    return reverse(f"engagement:comment-{verb}", args=["datasets", thing.pk, *more])


def html(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_comments_and_the_page_may_be_kept(client, thing):
    DatasetCommentFactory(thing=thing, text="Counted by permit.", author__display_name="Ada", language="fr")
    waiting = DatasetCommentFactory(thing=thing, text="Not yet read.", moderation="pending")
    for address in (thing.get_absolute_url(), at("list", thing)):
        answer = client.get(address)
        page = answer.content.decode()
        assert "public" in answer["Cache-Control"]
        assert "csrfmiddlewaretoken" not in page
        assert "Sign in to comment" in page
        assert '<div class="prose" lang="fr"><p>Counted by permit.</p>' in page
        assert "Ada" in page
        assert waiting.text not in page


def test_what_is_not_public_has_no_comments_for_others(client):
    hidden = DatasetFactory()
    DatasetCommentFactory(thing=hidden)
    assert client.get(at("list", hidden)).status_code == 404
    client.force_login(MembershipFactory(organization=hidden.owner_org).user)
    assert 'name="text"' not in html(client, at("list", hidden))


def test_a_writer_posts_and_reads_their_own_while_it_waits(client, thing, reader):
    answer = client.post(at("create", thing), {"text": "How are *starts* counted?", "do": "send"})
    comment = DatasetComment.objects.get()
    assert answer.headers["Location"] == f"{at('list', thing)}?comment={comment.pk}#comment-{comment.pk}"
    page = html(client, thing.get_absolute_url())
    assert "Only you and the moderators see this comment" in page
    assert "<em>starts</em>" in page
    client.force_login(UserFactory())
    assert "<em>starts</em>" not in html(client, thing.get_absolute_url())


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_words_that_are_missing_or_too_many_come_back_with_a_reason(client, thing, reader, text):
    answer = client.post(at("create", thing), {"text": text, "do": "send"})
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()
    assert not DatasetComment.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_preview_keeps_nothing_but_the_words_in_the_form(client, thing, reader, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(at("create", thing), {"text": "**Bold**", "do": "preview"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<strong>Bold</strong>" in page
    assert ("<form" in page, "**Bold**" in page) == (not htmx, not htmx)
    assert not DatasetComment.objects.exists()


@pytest.mark.parametrize("where", ["page", "preview"])
def test_markdown_does_no_harm(client, thing, reader, where):
    if where == "page":
        DatasetCommentFactory(thing=thing, text=EVIL)
        page = html(client, at("list", thing))
    else:
        page = client.post(at("create", thing), {"text": EVIL, "do": "preview"}, headers={"HX-Request": "true"}).content.decode()
    said = page.partition('class="prose"')[2].partition("</div>")[0]
    assert '<a href="https://example.org" title="title" rel="nofollow noopener">fine</a>' in said
    tags = set(re.findall(r"<(\w+)", said))
    attributes = {name for tag in re.findall(r"<[^>]+>", said) for name in re.findall(r"\s([\w-]+)=", tag)}
    assert tags <= {"p", "a"}
    assert attributes <= {"href", "title", "rel"}
    assert set(re.findall(r'href="([^"]*)"', said)) == {"https://evil.example/pixel.png", "https://example.org"}


def test_a_reply_stands_below_and_names_whom_it_answers(client, thing, reader):
    top = DatasetCommentFactory(thing=thing, text="Which year?")
    assert "Which year?" in html(client, at("create", thing), to=top.pk)
    client.post(at("create", thing), {"text": "2017.", "do": "send", "parent": top.pk})
    assert DatasetComment.objects.get(text="2017.").parent == top
    for nowhere in (0, "x", DatasetCommentFactory().pk, DatasetCommentFactory(thing=thing, moderation="pending").pk):
        assert client.get(at("create", thing), {"to": nowhere}).status_code == 404


def test_a_writer_edits_and_deletes_on_pages_of_their_own(client, thing, reader):
    comment = comments.write(
        board=board_of("datasets"), thing=thing, author=reader, text="Firts.", language="en", now=timezone.now()
    )
    page = html(client, thing.get_absolute_url())
    assert at("edit", thing, comment.pk) in page
    assert "Firts." in html(client, at("edit", thing, comment.pk))
    assert client.post(at("edit", thing, comment.pk), {"text": "First.", "do": "send"}).status_code == 302
    assert "First." in html(client, at("delete", thing, comment.pk))
    assert DatasetComment.objects.get().text == "First."
    client.post(at("delete", thing, comment.pk))
    assert not DatasetComment.objects.exists()


def test_too_late_an_edit_is_told_in_words(client, thing, reader):
    comment = DatasetCommentFactory(thing=thing, author=reader, created_at=NOW - 2 * comments.EDITABLE_FOR)
    assert at("edit", thing, comment.pk) not in html(client, thing.get_absolute_url())
    answer = client.post(at("edit", thing, comment.pk), {"text": "Late.", "do": "send"})
    assert answer.status_code == 422
    assert "for 15 minutes" in answer.content.decode()


def test_a_thread_stays_whole_when_its_head_is_gone(client, thing):
    deleted = DatasetCommentFactory(thing=thing, text="", deleted_at=NOW)
    hidden = DatasetCommentFactory(thing=thing, text="Rude.", moderation="hidden", moderation_reason="Rude.")
    for top in (deleted, hidden):
        DatasetCommentFactory(thing=thing, parent=top, text=f"Reply to {top.pk}")
    DatasetCommentFactory(thing=thing, text="", deleted_at=NOW)
    page = html(client, at("list", thing))
    assert page.count("This comment was deleted by its writer.") == 1
    assert page.count("This comment is not shown.") == 1
    assert page.count("Reply to ") == 2
    assert "Rude." not in page


def test_no_address_is_shown_in_place_of_a_name(client):
    request = DataRequestFactory(author__display_name="Ada")
    writers = ({"author": None}, {"author__display_name": ""}, {"author": request.author, "is_unnamed": True})
    for number, columns in enumerate(writers):
        RequestCommentFactory(thing=request, text=f"Words {number}", **columns)
    page = html(client, request.get_absolute_url())
    for words in ("Somebody who has left", "A reader", "The person who asked", "Words 0", "Words 1", "Words 2"):
        assert words in page
    assert "Ada" not in page
    assert not [email for email in User.objects.values_list("email", flat=True) if email in page]


def test_the_department_s_answer_bears_its_badge(client, thing):
    DatasetCommentFactory(thing=thing, organization=thing.owner_org)
    assert "comment--official" in html(client, thing.get_absolute_url())


def test_threads_come_in_pages_either_way_and_an_address_leads_to_its_page(client, thing):
    tops = [DatasetCommentFactory(thing=thing, text=f"Number {number}.") for number in range(THREADS_A_PAGE + 2)]
    reply = DatasetCommentFactory(thing=thing, parent=tops[0])

    def shown(**query):
        return [thread.top.comment for thread in client.get(at("list", thing), query).context["talk"].threads]

    assert shown() == tops[:1:-1]
    assert shown(page=2) == [tops[1], tops[0]]
    assert shown(order="oldest") == tops[:THREADS_A_PAGE]
    assert shown(comment=reply.pk) == shown(comment=tops[0].pk) == [tops[1], tops[0]]
    assert shown(comment=tops[2].pk) == shown(comment=0) == shown()
    assert client.get(at("list", thing), {"page": 3}).status_code == 404
    page = html(client, thing.get_absolute_url())
    assert f"({THREADS_A_PAGE + 3})" in page
    assert at("list", thing) in page


def test_thirty_comments_cost_what_one_costs(client, thing, reader):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            html(client, address)
        return len(asked)

    def fill(number):
        for _each in range(number):
            top = DatasetCommentFactory(thing=thing, organization=thing.owner_org)
            DatasetCommentFactory.create_batch(2, thing=thing, parent=top)

    fill(1)
    html(client, thing.get_absolute_url())  # what a process reads once
    before = [queries(address) for address in (thing.get_absolute_url(), at("list", thing))]
    fill(10)
    assert [queries(address) for address in (thing.get_absolute_url(), at("list", thing))] == before
    shown = talk(board_of("datasets"), thing, reader)
    assert (len(shown.threads), shown.number) == (11, 33)


def test_pages_that_swap_parts_have_the_script_and_those_for_everybody_have_not(client, thing):
    for address in (thing.get_absolute_url(), at("list", thing), DataRequestFactory().get_absolute_url()):
        client.logout()
        assert "django_htmx/htmx" not in html(client, address)
        client.force_login(UserFactory())
        assert "django_htmx/htmx" in html(client, address)
    for address in (at("create", thing), reverse("requests:request-create")):
        assert "django_htmx/htmx" in html(client, address)


def test_the_french_address_of_a_new_comment_agrees_with_it():
    with translation.override("fr"):
        assert reverse("engagement:comment-create", args=["requests", 1]) == "/fr/commentaires/requests/1/nouveau/"
