"""The pages of a revision on its way to the public."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ..models import Revision
from ..selectors.working_copies import working_copy


@login_required
def revision_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    revision = get_object_or_404(Revision.objects.visible_to(request.user).select_related("dataset__owner_org"), pk=pk)
    return render(request, "datasets/revisions/detail.html", {"revision": revision, "copy": working_copy(revision)})
