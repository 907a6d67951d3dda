"""Follows, for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from datasets.models import DatasetFollow, OrganizationFollow, SubjectFollow, Term
from requests_app.models import RequestFollow
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.requests_app import DataRequestFactory


class _FollowFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(UserFactory)
    since = factory.LazyFunction(timezone.now)


class DatasetFollowFactory(_FollowFactory):
    class Meta:
        model = DatasetFollow

    thing = factory.SubFactory(DatasetFactory, published=True)


class OrganizationFollowFactory(_FollowFactory):
    class Meta:
        model = OrganizationFollow

    thing = factory.SubFactory(OrganizationFactory)


class SubjectFollowFactory(_FollowFactory):
    class Meta:
        model = SubjectFollow

    thing = factory.LazyFunction(lambda: Term.objects.of("subject").earliest("pk"))


class RequestFollowFactory(_FollowFactory):
    class Meta:
        model = RequestFollow

    thing = factory.SubFactory(DataRequestFactory)
