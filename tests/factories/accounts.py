"""People and organizations for tests."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import Organization


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"org-{n}")
    title_en = factory.Sequence(lambda n: f"Department {n}")
    title_fr = factory.Sequence(lambda n: f"Ministère {n}")
    shortform_en = factory.Sequence(lambda n: f"DEP{n}")
    shortform_fr = factory.Sequence(lambda n: f"MIN{n}")
