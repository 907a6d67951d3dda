"""Outgoing mail: one function, templates per mail, in the reader's language."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from .brand import brand
from .jobs import enqueue


def send_mail_to(
    *,
    user_or_address: AbstractBaseUser | str,
    language: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Render a mail in a language and send it once the current transaction has committed.

    Args:
        user_or_address: a person, whose own address is taken, or an address.
        language: the reader's, `en` or `fr`.
        headers: further ones, `List-Unsubscribe` for instance.
        template: a prefix. `<template>_subject.txt` and `<template>_message.txt` exist, `<template>_message.html` may.

    Beside the context, templates have `brand`, `site_url` and the address as `email`. Text templates escape nothing.
    """
    address = user_or_address if isinstance(user_or_address, str) else user_or_address.email  # type: ignore[attr-defined]
    with translation.override(language):
        values = {"brand": brand(), "site_url": settings.SITE_URL, "email": address} | dict(context or {})
        subject = subject_of(template, language=language, context=values)
        text = _text(f"{template}_message.txt", values).strip() + "\n"
        try:
            html: str = render_to_string(f"{template}_message.html", values)
        except TemplateDoesNotExist:
            html = ""
        sender = _sender()
    enqueue(deliver, address, subject, text, html, sender, dict(headers or {}))


def subject_of(template: str, *, language: str, context: Mapping[str, Any]) -> str:
    """The subject of a mail, on one line."""
    with translation.override(language):
        return " ".join(_text(f"{template}_subject.txt", {"brand": brand()} | dict(context)).split())


def _text(template: str, values: Mapping[str, Any]) -> str:
    """Rendered as plain text: nothing in it is HTML, so nothing is escaped."""
    return Engine.get_default().get_template(template).render(Context(values, autoescape=False))


def _sender() -> str:
    """The configured address, under the portal's name in the reader's language where the configuration gives no name."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(name or brand().name, addr_spec=address))


def deliver(address: str, subject: str, text: str, html: str, sender: str, headers: Mapping[str, str] = {}) -> None:
    """Hand a rendered mail to the mail server."""
    message = EmailMultiAlternatives(subject, text, from_email=sender, to=[address], headers=dict(headers))
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
