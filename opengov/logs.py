"""Structured logs: one event a line with the request's id, as JSON or readable, without personal data.

Code logs through the standard library: `log.info("dataset_imported", extra={"dataset": str(pk)})`. Ids yes; names, addresses,
search words and whole URLs no, for a URL may hold a token or what somebody looked for.
"""

import re
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.typing import Processor

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def support_id() -> str:
    """The id of the request being answered, which its log lines carry and its error page shows; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def without_personal_data(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop the request object that Django attaches, and mask e-mail addresses in what is left, tracebacks included."""
    for key in ("request", "stack_info"):
        event.pop(key, None)
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = EMAIL.sub("[e-mail]", value)
    return event


def configuration(*, style: Literal["json", "console"], level: str) -> dict[str, Any]:
    """The value of Django's `LOGGING`."""
    renderers: list[Processor] = (
        [structlog.processors.format_exc_info, without_personal_data, structlog.processors.JSONRenderer()]
        if style == "json"
        else [
            without_personal_data,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.stdlib.ExtraAdder(),
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                ],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "structured"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # It writes whole paths; `RequestLogMiddleware` writes each request, and the traceback of one that failed.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            # Anybody could fill the log with names of hosts.
            "django.security.DisallowedHost": {
                "handlers": ["nowhere"],
                "propagate": False,
            },
            "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of each HEAD, whose body it drops as it should
        },
    }
