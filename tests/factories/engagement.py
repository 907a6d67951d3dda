"""Taking part, for tests."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from engagement.models import ChainSeal, HumanCheck, Invalidation, Proof, Report, TrailRemoval, TrustedNetwork, VoteEvent
from tests.factories.accounts import UserFactory


class VoteEventFactory(DjangoModelFactory):
    class Meta:
        model = VoteEvent

    board = "requests"
    thing = "1"
    ballot = factory.LazyFunction(uuid4)
    kind = "cast"
    state = "counted"
    at = factory.LazyFunction(timezone.now)


class ChainSealFactory(DjangoModelFactory):
    class Meta:
        model = ChainSeal

    at = factory.Sequence(lambda n: timezone.now() - timedelta(hours=n))
    position = 0
    digest = ""
    seal = "0" * 64


class ProofFactory(DjangoModelFactory):
    """All agreed."""

    class Meta:
        model = Proof

    at = factory.LazyFunction(timezone.now)
    lines = 0


class HumanCheckFactory(DjangoModelFactory):
    """A person who may vote at once."""

    class Meta:
        model = HumanCheck

    user = factory.SubFactory(UserFactory)
    passed_at = factory.LazyFunction(timezone.now)
    way = "challenge"


class TrailRemovalFactory(DjangoModelFactory):
    class Meta:
        model = TrailRemoval

    author = factory.SubFactory(UserFactory)
    moderator = factory.SubFactory(UserFactory)
    reason = "Spam."
    at = factory.LazyFunction(timezone.now)


class TrustedNetworkFactory(DjangoModelFactory):
    class Meta:
        model = TrustedNetwork

    network = "198.51.100.0/24"
    label = "Hub"
    until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))


class InvalidationFactory(DjangoModelFactory):
    """Proposed, not approved."""

    class Meta:
        model = Invalidation

    board = "requests"
    conditions = {"domain": "example.info"}
    reason = "One hand."
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(timezone.now)


class ReportFactory(DjangoModelFactory):
    """Of a request that there need not be, waiting for a moderator."""

    class Meta:
        model = Report

    kind = "requests"
    item = factory.Sequence(lambda n: n + 1)
    reporter = factory.SubFactory(UserFactory)
    reason = "spam"
    reported_at = factory.LazyFunction(timezone.now)
