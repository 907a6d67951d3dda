"""Comments on a board, by the example of datasets'."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import personal_data
from accounts.enums import Pace
from accounts.models import Activity, Notification
from accounts.services.notifications import choose
from datasets.models import DatasetComment
from engagement.boards import board_of
from engagement.errors import NoLongerEditable, NotOpenForComments
from engagement.moderation import kind_of
from engagement.services import comments, moderation
from tests.factories.accounts import AppointmentFactory, MembershipFactory, UserFactory
from tests.factories.datasets import DatasetCommentFactory, DatasetFactory
from tests.factories.engagement import ReportFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def thing():
    return DatasetFactory(published=True)


@pytest.fixture
def moderator():
    return AppointmentFactory(role="moderator").user


def write(thing, author=None, *, text="How are starts counted?", board="datasets", language="en", now=NOW, parent=None):
    said = {"text": text, "language": language, "now": now, "parent": parent}
    return comments.write(board=board_of(board), thing=thing, author=author or UserFactory(), **said)


def decide(act, comment, moderator, **said):
    act(kind=kind_of(comment.kind_key), pk=comment.pk, moderator=moderator, now=NOW, **said)
    comment.refresh_from_db()


def trusted():
    return MembershipFactory().user


def test_a_comment_waits_unless_its_writer_is_trusted(thing):
    waiting, shown = write(thing, language="fr"), write(thing, trusted())
    assert (waiting.moderation, waiting.language, waiting.organization) == ("pending", "fr", None)
    assert (shown.moderation, shown.shown_at) == ("approved", NOW)


def test_the_department_s_people_answer_in_its_name(thing):
    official = MembershipFactory(organization=thing.owner_org, role="member").user
    assert write(thing, official).organization == thing.owner_org
    assert write(thing, trusted()).organization is None


def test_threads_are_two_deep(thing):
    top = DatasetCommentFactory(thing=thing)
    reply = write(thing, trusted(), parent=top)
    assert write(thing, trusted(), text="And so?", parent=reply).parent == top


def test_nobody_replies_to_what_the_public_does_not_read(thing):
    for states in ({"moderation": "pending"}, {"deleted_at": NOW, "text": ""}, {"thing": DatasetFactory(published=True)}):
        with pytest.raises(NotOpenForComments):
            write(thing, parent=DatasetCommentFactory(**{"thing": thing} | states))


def test_nobody_comments_on_what_is_not_public(thing):
    with pytest.raises(NotOpenForComments):
        write(DatasetFactory(owner_org=thing.owner_org), MembershipFactory(organization=thing.owner_org).user)


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_no_words_and_too_many_are_refused(thing, text):
    with pytest.raises(ValidationError):
        write(thing, text=text)


def test_the_same_words_twice_in_a_row_are_one_comment(thing):
    author = UserFactory()
    assert write(thing, author) == write(thing, author, now=NOW + MINUTE)
    assert write(thing, author, now=NOW + 5 * MINUTE) != write(thing)
    assert DatasetComment.objects.count() == 3


def test_a_writer_edits_for_fifteen_minutes_and_not_a_moment_longer(thing):
    comment = write(thing)
    revise = {"comment": comment, "author": comment.author}
    assert comments.revise(**revise, text="Better.", now=NOW + 15 * MINUTE).text == "Better."
    with pytest.raises(NoLongerEditable):
        comments.revise(**revise, text="Best.", now=NOW + 15 * MINUTE + timedelta(microseconds=1))
    with pytest.raises(NoLongerEditable):
        comments.revise(comment=comment, author=UserFactory(), text="Mine.", now=NOW)


def test_an_edit_goes_back_to_moderation_unless_its_writer_is_trusted(thing, moderator):
    ours, theirs = write(thing, trusted()), write(thing)
    decide(moderation.approve, theirs, moderator)
    for comment, state in ((ours, "approved"), (theirs, "pending")):
        edited = comments.revise(comment=comment, author=comment.author, text="Better.", now=NOW + MINUTE)
        assert (edited.moderation, edited.edited_at) == (state, NOW + MINUTE)
        assert comments.revise(comment=comment, author=comment.author, text="Better.", now=NOW + 2 * MINUTE) == edited
        assert DatasetComment.objects.get(pk=comment.pk).edited_at == NOW + MINUTE


def test_what_a_moderator_refused_is_not_edited(thing, moderator):
    comment = write(thing)
    decide(moderation.reject, comment, moderator, reason="Spam.")
    with pytest.raises(NoLongerEditable):
        comments.revise(comment=comment, author=comment.author, text="Spam!", now=NOW)


def test_a_writer_s_deletion_leaves_the_thread_whole(thing):
    lonely, answered = DatasetCommentFactory(thing=thing), DatasetCommentFactory(thing=thing, moderation="pending")
    reply = DatasetCommentFactory(thing=thing, parent=answered)
    ReportFactory(kind="dataset-comments", item=lonely.pk)

    with pytest.raises(NoLongerEditable):
        comments.delete(comment=lonely, author=reply.author, now=NOW)
    for comment in (lonely, answered):
        comments.delete(comment=comment, author=comment.author, now=NOW)

    assert set(Activity.objects.filter(verb__startswith="dataset-comments").values_list("target_label", flat=True)) == {"Comment"}
    rows = DatasetComment.objects.order_by("pk").values_list("pk", "text", "deleted_at", "moderation")
    assert list(rows) == [(answered.pk, "", NOW, "approved"), (reply.pk, reply.text, None, "approved")]
    with pytest.raises(NoLongerEditable):
        comments.delete(comment=answered, author=answered.author, now=NOW)


@pytest.mark.parametrize("columns", [{"text": ""}, {"deleted_at": NOW}, {"text": "", "deleted_at": NOW, "moderation": "pending"}])
def test_the_database_keeps_words_and_deletion_together(thing, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetCommentFactory(thing=thing, **columns)


def test_no_comment_replies_to_itself(thing):
    comment = DatasetCommentFactory(thing=thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetComment.objects.filter(pk=comment.pk).update(parent=comment)


def test_a_reply_is_mailed_once_when_it_is_shown_and_never_before(
    thing, moderator, mailoutbox, django_capture_on_commit_callbacks
):
    reader = UserFactory(language="fr")
    top = DatasetCommentFactory(thing=thing, author=reader)
    with django_capture_on_commit_callbacks(execute=True):
        reply = write(thing, parent=top, text="By permit.")
        comments.revise(comment=reply, author=reply.author, text="By building permit.", now=NOW)
    assert mailoutbox == []

    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            decide(moderation.approve, reply, moderator)
    with django_capture_on_commit_callbacks(execute=True):
        comments.revise(comment=reply, author=reply.author, text="By building permits.", now=NOW)
        decide(moderation.approve, reply, moderator)

    mails = [mail for mail in mailoutbox if mail.to == [reader.email]]
    assert len(mails) == 1
    assert thing.title_fr in mails[0].subject
    assert "By building permit." in mails[0].body
    assert f"#comment-{reply.pk}" in mails[0].body
    assert "/fr/commentaires/" in mails[0].body
    assert "List-Unsubscribe" in mails[0].extra_headers


def test_nobody_is_told_of_their_own_reply_nor_who_wants_no_mail(thing, mailoutbox, django_capture_on_commit_callbacks):
    author, quiet = trusted(), trusted()
    choose(person=quiet, choices={comments.REPLIES.key: Pace.OFF})
    with django_capture_on_commit_callbacks(execute=True):
        write(thing, author, parent=DatasetCommentFactory(thing=thing, author=author))
        write(thing, author, parent=DatasetCommentFactory(thing=thing, author=quiet))
        write(thing, author, parent=DatasetCommentFactory(thing=thing, author=None))
    assert mailoutbox == []


def test_the_department_s_editors_read_of_new_comments_in_their_digest(thing, moderator):
    editor = MembershipFactory(organization=thing.owner_org, role="editor").user
    MembershipFactory(organization=thing.owner_org, role="member")
    MembershipFactory(role="editor")
    comment = write(thing)
    assert not Notification.objects.exists()
    decide(moderation.approve, comment, moderator)
    found = Notification.objects.filter(kind=comments.NEWS.key).values_list("person", "digest", "text")
    assert list(found) == [(editor.pk, "daily", f"A comment on “{thing.title_en}”")]
    write(thing, editor)
    assert Notification.objects.filter(kind=comments.NEWS.key).count() == 1


def test_who_asked_is_not_named_where_they_comment_on_their_request():
    request = DataRequestFactory()
    own, other = write(request, request.author, board="requests"), write(request, board="requests")
    assert (own.is_unnamed, other.is_unnamed) == (True, False)


def test_who_leaves_takes_their_name_and_leaves_the_comment(thing):
    author = UserFactory()
    comment = write(thing, author)
    assert [row["text"] for row in personal_data.export(author)["engagement.texts"]] == [comment.text]
    personal_data.erase(author)
    author.delete()
    comment.refresh_from_db()
    assert (comment.author, comment.text) == (None, "How are starts counted?")


def test_a_spammer_s_comments_go_with_the_trail(thing, moderator):
    comment = write(thing)
    removal = moderation.remove_trail(author=comment.author, moderator=moderator, reason="Spam.", now=NOW)
    comment.refresh_from_db()
    assert comment.moderation == "hidden"
    moderation.restore_trail(removal=removal, moderator=moderator, now=NOW)
    comment.refresh_from_db()
    assert comment.moderation == "pending"
