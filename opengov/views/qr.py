"""The address of a page of the portal as a QR code."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from ..caching import public_page

LONGEST = 500
LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


@public_page(max_age=86_400)
def qr(request: HttpRequest) -> HttpResponse:
    """`path` names a page of ours, in a language; anything else is not there. So nobody's text is drawn but our addresses."""
    path = request.GET.get("path", "")
    try:
        if not path.startswith(LANGUAGES) or len(path) > LONGEST:
            raise Http404
        with translation.override(path[1:3]):
            resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    drawn = BytesIO()
    segno.make(settings.SITE_URL + path, error="m").save(drawn, kind="svg", scale=4, border=2, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
