"""Many rate, comment and report at the same time, on real connections."""

from collections import Counter
from functools import partial

import pytest
from django.utils import timezone

from datasets.models import DatasetComment, DatasetRating, DatasetScore
from engagement.boards import board_of
from engagement.enums import ReportReason
from engagement.models import AbstractComment, AbstractRating, Report
from engagement.moderation import kind_of
from engagement.services import comments, ratings, reports
from tests.factories.accounts import UserFactory
from tests.factories.datasets import DatasetCommentFactory, DatasetFactory
from tests.parallel import at_once, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NOW = timezone.now()


def rating(thing, rater, stars):
    return partial(ratings.rate, board=board_of("datasets"), thing=thing, rater=rater, stars=stars, now=NOW)


def test_one_person_who_rates_many_times_at_once_has_one_rating():
    thing, rater = DatasetFactory(published=True), UserFactory()

    answers = at_once(*[rating(thing, rater, stars) for stars in (1, 2, 3, 4, 5) * 4])

    assert all(isinstance(answer, AbstractRating) for answer in answers)
    assert DatasetRating.objects.count() == 1


def test_what_is_counted_among_raters_is_what_they_gave():
    thing, raters = DatasetFactory(published=True), UserFactory.create_batch(30)

    crowd([call for rater in raters for call in (rating(thing, rater, 1), ratings.count, rating(thing, rater, 5))])

    ratings.count()
    given = Counter(DatasetRating.objects.values_list("stars", flat=True))
    assert DatasetScore.objects.values_list("distribution", "number").get() == ([given[1], 0, 0, 0, given[5]], 30)


def test_the_same_words_sent_at_once_are_one_comment():
    thing, author = DatasetFactory(published=True), UserFactory()
    said = {"board": board_of("datasets"), "thing": thing, "author": author, "text": "Why?", "language": "en", "now": NOW}

    answers = at_once(*[partial(comments.write, **said)] * 8)

    assert all(isinstance(answer, AbstractComment) for answer in answers)
    assert DatasetComment.objects.count() == 1


def test_a_reply_and_the_deletion_of_its_head_leave_a_whole_thread():
    for _time in range(8):
        top = DatasetCommentFactory()
        said = {"board": board_of("datasets"), "thing": top.thing, "text": "Why?", "language": "en", "now": NOW}
        reply = partial(comments.write, **said, author=UserFactory(), parent=top)

        at_once(reply, partial(comments.delete, comment=top, author=top.author, now=NOW))

        rows = DatasetComment.objects.filter(thing=top.thing)
        assert rows.count() in (0, 2)


def test_one_reader_who_reports_many_times_at_once_has_one_report_and_five_hold_it_back():
    comment, readers = DatasetCommentFactory(), UserFactory.create_batch(5)
    said = {"kind": kind_of("dataset-comments"), "pk": comment.pk, "reason": ReportReason.SPAM, "note": "", "now": NOW}

    crowd([partial(reports.report, **said, reporter=reader) for reader in readers * 4])

    assert Report.objects.count() == 5
    assert DatasetComment.objects.get().moderation == "pending"
