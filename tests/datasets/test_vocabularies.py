import pytest

from datasets.enums import Vocabulary
from datasets.models import Term
from datasets.selectors import terms
from datasets.services.vocabularies import load_vocabularies, terms_on_file

pytestmark = pytest.mark.django_db


def test_all_31_vocabularies_are_in_place_in_both_languages():
    assert len(Vocabulary.values) == 31
    assert Term.objects.count() == sum(len(terms_on_file(vocabulary)) for vocabulary in Vocabulary.values)
    assert not Term.objects.filter(label_en="").exists()
    assert not Term.objects.filter(label_fr="").exists()


def test_loading_again_changes_nothing_and_keeps_what_staff_added():
    Term.objects.create(vocabulary="format", code="ZARR", label_en="Zarr", label_fr="Zarr", openness=3)
    before = list(Term.objects.order_by("pk").values())

    load_vocabularies(term_model=Term)

    assert list(Term.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(("text", "code"), [("shape", "SHP"), ("jpeg", "JPG"), ("Csv", "CSV"), ("nonsense", None)])
def test_formats_are_known_by_code_and_alias_in_any_case(text, code):
    assert terms.code_of("format", text) == code
