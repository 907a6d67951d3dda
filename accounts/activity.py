"""The activity log: one function to write it, one registry that turns a verb into a sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from .models import Activity, User

LONGEST_LABEL = 300  # `Activity.target_label` holds no more
Sentence = Callable[[Activity], str]
Words = Callable[[Activity], Mapping[str, Any]]
_sentences: dict[str, Sentence] = {}


def register_verb(verb: str, sentence: Sentence) -> None:
    """Say how an activity of this verb reads. Apps call it in `AppConfig.ready()`.

    Args:
        verb: dotted, noun first: `dataset.publish`.
        sentence: from the activity to a translated sentence, in the active language.
    """
    _sentences[verb] = sentence


def register_sentences(texts: Mapping[str, Any], more: Words = lambda activity: {}) -> None:
    """Say how activities of these verbs read.

    Args:
        texts: lazily translated, with the places `%(actor)s` and `%(thing)s` (the target's name), and those that `more` fills.
    """
    for verb, text in texts.items():
        register_verb(verb, _filled(text, more))


def _filled(text: Any, more: Words) -> Sentence:
    def sentence(activity: Activity) -> str:
        return str(text) % {"actor": activity.actor or _("Somebody"), "thing": activity.label, **more(activity)}

    return sentence


def sentence_of(activity: Activity) -> str:
    """The activity as a sentence in the active language; the bare verb where nobody registered one."""
    sentence = _sentences.get(activity.verb)
    return sentence(activity) if sentence else activity.verb


def activity(
    verb: str,
    target: models.Model,
    actor: User | None,
    *,
    note: str = "",
    details: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Activity:
    """An unsaved row of the log, for services that write many at once with `bulk_create`."""
    return Activity(
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:LONGEST_LABEL],
        actor=actor,
        note=note,
        details=_labels(target) | dict(details or {}),
        at=now or timezone.now(),
    )


def _labels(target: models.Model) -> dict[str, str]:
    """`label_en`, `label_fr`: what a thing with columns in both languages is called in each, where that differs."""
    if type(target) not in translator.get_registered_models():
        return {}
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[f"label_{language}"] = str(target)[:LONGEST_LABEL]
    return found if len(set(found.values())) > 1 else {}


def record(
    verb: str,
    target: models.Model,
    actor: User | None,
    *,
    note: str = "",
    details: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Activity:
    """Add a row to the log, in the caller's transaction."""
    row = activity(verb, target, actor, note=note, details=details, now=now)
    row.save()
    return row


def of(target: models.Model) -> models.QuerySet[Activity]:
    """The activities of one thing, newest first."""
    return Activity.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).select_related("actor")


def goes_on(verb: str, target: models.Model, actor: User, *, since: datetime) -> bool:
    """Whether the newest line about a thing says the same of the same person, without a reason, and is not older than `since`."""
    newest = of(target).first()
    return newest is not None and (newest.verb, newest.actor_id, newest.note) == (verb, actor.pk, "") and newest.at >= since


def label_of(verb: str) -> str:
    """A verb as a sentence in the active language, with an ellipsis for every name."""
    return sentence_of(Activity(verb=verb, target_label="…"))


def verbs() -> list[str]:
    """All verbs that somebody registered, in order."""
    return sorted(_sentences)
