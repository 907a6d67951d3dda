"""The whole record as the release of a revision will leave it, with its files: what is reviewed, signed and released."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opengov.paging import page_of

from ..selectors.revision_files import working_file
from ..selectors.revision_page import content
from ..selectors.working_copies import working_record
from ..selectors.working_resources import WorkingResources
from .resources import stored_file
from .revisions import beside, person, visible

ROWS = 50


@login_required
@require_safe
@never_cache
def revision_whole(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that the record will say, and a page of its resources with their files and addresses; of a past revision its page."""
    revision = visible(request, pk)
    if not revision.is_open:
        return redirect(revision)
    page = page_of(WorkingResources(revision), ROWS, request.GET.get("page"))
    record, *resources = content(revision, working_record(revision), page.object_list)
    context = {
        "revision": revision,
        "record": record,
        "resources": resources,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "datasets/revisions/whole.html", context | beside(revision, _("The whole record"), person(request)))


@login_required
@require_safe
@never_cache
def revision_file(request: HttpRequest, pk: UUID, sha256: str) -> HttpResponseBase:
    """A file that a resource of the record will have, or has and keeps, for those who may see the revision."""
    row = working_file(visible(request, pk), sha256)
    if row is None:
        raise Http404
    return stored_file(request, row)
