"""Datasets and resources for tests: in both languages, complete enough for every page."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from datasets.models import Dataset, DatasetComment, DatasetRating, DatasetScore, Enquiry, Resource

from .accounts import OrganizationFactory, UserFactory


class DatasetFactory(DjangoModelFactory):
    """A draft; `published=True` makes it public since yesterday, `withdrawn=True` a tombstone; `resources=2` adds resources."""

    class Meta:
        model = Dataset
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            state="published",
            approved_at_source="https://example.org/catalogue",
            approved_at_source_at=factory.LazyFunction(timezone.now),
            visible_from=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)),
        )
        withdrawn = factory.Trait(
            state="withdrawn",
            visible_from=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=30)),
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawal_reason_en="Replaced by a better series.",
            withdrawal_reason_fr="Remplacé par une meilleure série.",
        )

    name = factory.Sequence(lambda n: f"dataset-{n}")
    title_en = factory.Sequence(lambda n: f"Housing starts {n}")
    title_fr = factory.Sequence(lambda n: f"Mises en chantier {n}")
    notes_en = "Housing starts by province."
    notes_fr = "Mises en chantier par province."
    keywords_en = ["housing"]
    keywords_fr = ["logement"]
    subject = ["economics_and_industry"]
    frequency = "P1M"
    date_published = dt.date(2020, 4, 2)
    owner_org = factory.SubFactory(OrganizationFactory)
    org_title_at_publication_en = factory.SelfAttribute("owner_org.title_en")
    org_title_at_publication_fr = factory.SelfAttribute("owner_org.title_fr")

    @factory.post_generation
    def resources(self, create, extracted, **kwargs):
        if create and extracted:
            ResourceFactory.create_batch(extracted, dataset=self, **kwargs)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    dataset = factory.SubFactory(DatasetFactory)
    position = factory.Sequence(int)
    name_en = factory.Sequence(lambda n: f"Table {n}")
    name_fr = factory.Sequence(lambda n: f"Tableau {n}")
    description_en = "Monthly figures."
    description_fr = "Chiffres mensuels."
    resource_type = "dataset"
    format = "CSV"
    language = ["en", "fr"]
    url = factory.Sequence(lambda n: f"https://example.org/files/{n}.csv")


class EnquiryFactory(DjangoModelFactory):
    """A question that waits; `feedback=True` makes it feedback on a page instead."""

    class Meta:
        model = Enquiry

    class Params:
        feedback = factory.Trait(kind="feedback", found=False, page="/en/datasets/")

    kind = "contact"
    text = "Where are the figures of 2025?"
    email = factory.Sequence(lambda n: f"asker-{n}@example.org")
    language = "en"
    created_at = factory.LazyFunction(timezone.now)


class DatasetCommentFactory(DjangoModelFactory):
    """A comment that everybody reads."""

    class Meta:
        model = DatasetComment

    thing = factory.SubFactory(DatasetFactory, published=True)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Comment {n}")
    language = "en"
    created_at = factory.LazyFunction(timezone.now)
    moderation = "approved"


class DatasetRatingFactory(DjangoModelFactory):
    """A rating that no score holds yet."""

    class Meta:
        model = DatasetRating

    thing = factory.SubFactory(DatasetFactory, published=True)
    rater = factory.SubFactory(UserFactory)
    stars = 4
    rated_at = factory.LazyFunction(timezone.now)


class DatasetScoreFactory(DjangoModelFactory):
    class Meta:
        model = DatasetScore

    thing = factory.SubFactory(DatasetFactory, published=True)
    distribution = [0, 0, 1, 2, 0]
    number = 3
    mean = 3.5
