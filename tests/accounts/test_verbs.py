from django.utils import translation

from accounts import activity
from accounts.forms import ActivityFilterForm


def test_the_filter_offers_each_verb_as_a_sentence_in_the_reader_s_language():
    with translation.override("fr"):
        choices = dict(ActivityFilterForm().fields["verb"].choices)

    assert set(choices) == {"", *activity.verbs()}
    assert choices["person.join"] == "… a créé un compte"
    assert choices["membership.grant"] == "Quelqu'un a donné à … le rôle «\u00a0…\u00a0» dans l'organisation …"
