"""A large file that a browser sends in parts: begun or gone on with, part after part. The form of the resource then names it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..errors import PartDamaged, PartOutOfPlace
from ..forms.resources import UploadForm
from ..models import Upload
from ..services import uploads
from .record_pages import editable


@login_required
@never_cache
@require_POST
def upload_begin(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Where to send the parts, how large they may be, and how much is there already."""
    revision = editable(request, pk)
    form = UploadForm(request.POST)
    if not form.is_valid():
        problems = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"error": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    upload = uploads.begin(revision=revision, actor=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
    url = reverse("datasets:upload-part", args=[pk, upload.pk])
    return JsonResponse({"upload": str(upload.pk), "url": url, "received": upload.received, "part": uploads.PART_BYTES})


@login_required
@never_cache
@require_http_methods(["GET", "PUT"])
def upload_part(request: HttpRequest, pk: UUID, upload: UUID) -> JsonResponse:
    """How much is there; a PUT brings the part that begins at `Upload-Offset`."""
    found = get_object_or_404(Upload, pk=upload, revision=editable(request, pk), actor=request.user)
    if request.method == "GET":
        return JsonResponse({"received": found.received})
    offset, digest = request.headers.get("Upload-Offset", ""), request.headers.get("Content-Digest", "")
    try:
        start = int(offset) if offset.isascii() and offset.isdecimal() else -1
        found = uploads.append(upload=found, offset=start, content=request.body, digest=digest)
    except PartOutOfPlace as error:
        return JsonResponse({"error": str(error), "received": error.received}, status=HTTPStatus.CONFLICT)
    except PartDamaged as error:
        return JsonResponse({"error": str(error), "received": found.received}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"received": found.received})
