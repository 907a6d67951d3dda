"""What waits for one, and the publishers' release of many."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User

from ..enums import RevisionState
from ..errors import DatasetsError
from ..forms.revisions import ReleaseManyForm
from ..selectors.queues import QUEUES, delegable, rooms_of, rows
from ..services import gates
from .record_pages import workbench_crumb

ROWS = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """The records that wait for one in a role. 404 for those who do not hold it."""
    found, user = QUEUES[name], _user(request)
    if not found.holds(user):
        raise Http404
    waiting, form = rows(found, user), None
    if name == "release":
        releasable = waiting.filter(state=RevisionState.RELEASE)
        data = request.POST if request.method == "POST" else None
        form = ReleaseManyForm(data, user=user, now=timezone.now(), waiting=releasable)
        if form.is_valid():
            _release(request, form)
            return redirect(found.url)
    paginator = Paginator(waiting, ROWS)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "title": found.label,
        "rooms": rooms_of(user),
        "here": f"queue-{name}",
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
        "form": form,
        "delegable": list(delegable(user)) if name == "sign-off" else [],
        "hide_feedback": True,
        "breadcrumbs": [*([workbench_crumb()] if user.organization_roles else []), (str(found.label), "")],
    }
    return render(request, "datasets/revisions/queue.html", context, status=422 if form and form.errors else 200)


def _release(request: HttpRequest, form: ReleaseManyForm) -> None:
    """One by one, each in its own transaction: what one is refused for does not hold up the others."""
    done = 0
    for revision in form.cleaned_data["revisions"]:
        try:
            gates.release(
                revision=revision,
                actor=_user(request),
                now=timezone.now(),
                visible_from=form.cleaned_data["visible_from"],
            )
        except DatasetsError as error:
            messages.error(request, _("%(record)s: %(reason)s") % {"record": revision, "reason": error})
        else:
            done += 1
    if done:
        messages.success(
            request,
            ngettext("%(count)d record is released.", "%(count)d records are released.", done) % {"count": done},
        )


def _user(request: HttpRequest) -> User:
    user: Any = request.user
    return user
