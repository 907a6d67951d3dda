import pytest
from django.core import mail
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import translation

from opengov.mail import send_mail_to
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


def _send(**changes):
    invitation = InvitationFactory(organization__title_en="Parks <&> Trails", organization__title_fr="Parcs")
    context = {"invitation": invitation, "address": "https://x.example/?a=1&b=2", "days": 7}
    details = {"user_or_address": "a@example.org", "language": "en", "template": "accounts/mail/invitation", "context": context}
    send_mail_to(**details | changes)


def test_a_mail_goes_out_after_the_commit_in_the_readers_language(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), translation.override("en"):
        _send(user_or_address=UserFactory(email="lectrice@example.org"), language="fr")
        assert mail.outbox == []

    (message,) = mail.outbox
    assert message.to == ["lectrice@example.org"]
    assert "Parcs" in message.subject
    assert translation.get_language() == "en"


def test_text_is_text_and_not_html(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _send()

    (message,) = mail.outbox
    assert message.subject == "An invitation from Parks <&> Trails"
    assert "https://x.example/?a=1&b=2" in message.body
    assert message.alternatives == []


def test_neither_subject_nor_text_escapes_anything(django_capture_on_commit_callbacks, settings, tmp_path):
    for name in ("subject", "message"):
        (tmp_path / f"hello_{name}.txt").write_text("{{ word }}: {% blocktranslate %}{{ word }}{% endblocktranslate %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with django_capture_on_commit_callbacks(execute=True):
        send_mail_to(user_or_address="a@example.org", language="en", template="hello", context={"word": "l'été & <co>"})

    (message,) = mail.outbox
    assert (message.subject, message.body) == ("l'été & <co>: l'été & <co>", "l'été & <co>: l'été & <co>\n")


def test_a_rollback_takes_the_mail_back(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        _send()
        transaction.set_rollback(True)

    assert mail.outbox == []


def test_an_html_template_is_sent_along(django_capture_on_commit_callbacks, settings, tmp_path):
    for name, text in (("subject.txt", "Two\nlines"), ("message.txt", "Text"), ("message.html", "<p>{{ email }}</p>")):
        (tmp_path / f"hello_{name}").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with django_capture_on_commit_callbacks(execute=True):
        send_mail_to(user_or_address="a@example.org", language="en", template="hello")

    (message,) = mail.outbox
    assert (message.subject, message.body) == ("Two lines", "Text\n")
    assert message.alternatives[0].content == "<p>a@example.org</p>"


def test_a_mail_without_a_template_is_an_error_at_once():
    with pytest.raises(TemplateDoesNotExist):
        send_mail_to(user_or_address="a@example.org", language="en", template="no/such")
