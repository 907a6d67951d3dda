"""Requests for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from requests_app.models import DataRequest, RequestComment, RequestVote, StatusChange, Turn
from requests_app.models.requests import words_of
from tests.factories.accounts import OrganizationFactory, UserFactory


class DataRequestFactory(DjangoModelFactory):
    """A request that the board shows."""

    class Meta:
        model = DataRequest

    title = factory.Sequence(lambda n: f"Request {n}")
    description = "Levels of all rivers, by the hour."
    words = factory.LazyAttribute(lambda row: words_of(row.title, row.description, row.language))
    author = factory.SubFactory(UserFactory)
    language = "en"
    created_at = factory.LazyFunction(timezone.now)
    moderation = "approved"


class RequestVoteFactory(DjangoModelFactory):
    """A vote beside the log."""

    class Meta:
        model = RequestVote

    thing = factory.SubFactory(DataRequestFactory)
    voter_key = factory.Sequence(lambda n: f"{n:064}")
    cast_at = factory.LazyFunction(timezone.now)


class StatusChangeFactory(DjangoModelFactory):
    class Meta:
        model = StatusChange

    request = factory.SubFactory(DataRequestFactory)
    status = "under_review"
    comment_en = "We look into it."
    comment_fr = "Nous étudions la question."
    organization = factory.SubFactory(OrganizationFactory)
    actor = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class TurnFactory(DjangoModelFactory):
    """A turn that goes on."""

    class Meta:
        model = Turn

    organization = factory.SubFactory(OrganizationFactory)
    request = factory.SubFactory(DataRequestFactory, organization=factory.SelfAttribute("..organization"))
    began_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyAttribute(lambda turn: timezone.localdate(turn.began_at) + timedelta(days=30))


class RequestCommentFactory(DjangoModelFactory):
    """A comment that everybody reads."""

    class Meta:
        model = RequestComment

    thing = factory.SubFactory(DataRequestFactory)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Comment {n}")
    language = "en"
    created_at = factory.LazyFunction(timezone.now)
    moderation = "approved"
