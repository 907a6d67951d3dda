import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from datasets.models import DatasetRating, DatasetScore
from engagement.boards import board_of
from engagement.errors import AddressNotConfirmed, NotOpenForRatings
from engagement.scores import bayesian_mean
from engagement.selectors.ratings import score_of
from engagement.services import ratings
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.datasets import DatasetFactory, DatasetRatingFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def thing():
    return DatasetFactory(published=True)


def rate(thing, stars, rater=None):
    return ratings.rate(board=board_of("datasets"), thing=thing, rater=rater or UserFactory(), stars=stars, now=NOW)


def seen(thing, user):
    score = score_of(board_of("datasets"), thing, user)
    return {bar.stars: bar.number for bar in score.bars if bar.number}, score.own


def test_a_person_has_one_rating_which_changes_and_goes(thing):
    rater = UserFactory()

    rate(thing, 2, rater)
    rate(thing, 2, rater)
    rate(thing, 5, rater)

    assert DatasetRating.objects.values_list("rater", "stars").get() == (rater.pk, 5)
    ratings.count()
    ratings.withdraw(board=board_of("datasets"), thing=thing, rater=rater, now=NOW)
    assert seen(thing, rater) == ({}, 0)
    ratings.count()
    assert not DatasetRating.objects.exists()
    assert not DatasetScore.objects.exists()


def test_one_s_own_shows_before_the_job_has_counted_it_and_is_counted_once(thing):
    rater, other = UserFactory(), UserFactory()
    for stars in (4, 4, 1):
        rate(thing, stars)
    ratings.count()

    rate(thing, 3, rater)

    assert seen(thing, rater) == ({4: 2, 1: 1, 3: 1}, 3)
    assert seen(thing, other) == ({4: 2, 1: 1}, 0)
    shown = score_of(board_of("datasets"), thing, rater).mean
    ratings.count()
    assert seen(thing, rater) == ({4: 2, 1: 1, 3: 1}, 3)
    assert shown == pytest.approx(bayesian_mean([1, 0, 1, 2, 0], 3.0), abs=0.05)
    before = list(DatasetScore.objects.values())
    ratings.count()
    assert list(DatasetScore.objects.values()) == before


def test_few_ratings_move_the_mean_little(thing):
    crowd = DatasetFactory(published=True)
    DatasetRatingFactory.create_batch(30, thing=crowd, stars=4)
    rate(thing, 5)
    ratings.count()
    means = dict(DatasetScore.objects.values_list("thing", "mean"))
    assert 4.0 < means[thing.pk] < 4.2
    assert means[crowd.pk] == pytest.approx(4.0, abs=0.02)


def test_who_may_not_rate(thing):
    with pytest.raises(NotOpenForRatings):
        rate(thing, 5, MembershipFactory(organization=thing.owner_org).user)
    with pytest.raises(NotOpenForRatings):
        rate(DatasetFactory(owner_org=thing.owner_org), 5)
    stranger = UserFactory()
    EmailAddress.objects.filter(user=stranger).update(verified=False)
    with pytest.raises(AddressNotConfirmed):
        rate(thing, 5, stranger)
    assert not DatasetRating.objects.exists()


@pytest.mark.parametrize("columns", [{"stars": 6}, {"counted": 6}])
def test_the_database_holds_no_other_number_of_stars(thing, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetRatingFactory(thing=thing, **columns)


def test_the_database_holds_one_rating_a_person(thing):
    rater = DatasetRatingFactory(thing=thing).rater
    with pytest.raises(IntegrityError), transaction.atomic():
        DatasetRatingFactory(thing=thing, rater=rater)


def test_who_leaves_takes_their_name_and_leaves_the_rating(thing):
    rater = UserFactory()
    rate(thing, 5, rater)
    assert personal_data.export(rater)["engagement.ratings"] == [
        {"board": "datasets", "of": thing.title_en, "stars": 5, "rated": NOW}
    ]
    personal_data.erase(rater)
    rater.delete()
    assert DatasetRating.objects.values_list("rater", "stars").get() == (None, 5)


def test_the_page_shows_the_numbers_to_all_and_the_form_to_who_may(client, thing):
    rate(thing, 4)
    ratings.count()
    page = client.get(thing.get_absolute_url()).content.decode()
    assert "Sign in to rate it" in page
    assert "1 rating" in page
    assert 'name="stars"' not in page

    client.force_login(UserFactory())
    assert client.get(thing.get_absolute_url()).content.decode().count('name="stars"') == 5
    give, withdraw = (reverse(f"engagement:rating-{verb}", args=["datasets", thing.pk]) for verb in ("give", "withdraw"))
    assert client.post(give, {"stars": "2"}).headers["Location"] == thing.get_absolute_url() + "#rating"
    assert "checked" in client.get(thing.get_absolute_url()).content.decode()
    assert "Choose from one to five stars." not in client.get(give).content.decode()
    for said in ({"stars": "9"}, {"stars": "x"}, {}):
        refused = client.post(give, said)
        assert refused.status_code == 422
        assert "Choose from one to five stars." in refused.content.decode()
    assert DatasetRating.objects.order_by("pk").last().stars == 2
    client.post(withdraw)
    assert "checked" not in client.get(thing.get_absolute_url()).content.decode()

    client.force_login(MembershipFactory(organization=thing.owner_org).user)
    assert 'name="stars"' not in client.get(thing.get_absolute_url()).content.decode()
    assert client.post(reverse("engagement:rating-give", args=["requests", 1]), {"stars": "2"}).status_code == 404
