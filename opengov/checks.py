"""What a deployment should be told before it opens."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def site_url_is_public(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Feeds, mails and canonical links are built on `SITE_URL`: on a public site it is the public address."""
    if settings.SITE_URL.startswith("https://") or not settings.HTTPS:
        return []
    return [Warning(f"SITE_URL is {settings.SITE_URL}.", hint="Set it to the portal's https address.", id="opengov.W001")]
