"""An official's delegations: who signs on their behalf, and from when to when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..forms import DelegationForm
from ..models import Delegation, Organization
from ..services import delegations
from .access import person_page, posted, require


@person_page
def delegation_list(request: HttpRequest, organization: str) -> HttpResponse:
    """The organization's delegations; a POST records one."""
    found = get_object_or_404(Organization.objects.visible_to(request.user), name=organization)
    require(request, "accounts.delegate", found)
    user: Any = request.user
    form = DelegationForm(posted(request), organization=found, delegator=user)
    if form.is_valid():
        try:
            delegations.delegate(organization=found, delegator=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The delegation is recorded."))
            return redirect("accounts:delegation-list", found.name)
    rows = Delegation.objects.filter(organization=found, revoked_at=None).select_related("delegator", "delegate")
    context = {"organization": found, "delegations": rows, "form": form, "today": timezone.localdate()}
    return render(request, "accounts/teams/delegations.html", context, status=422 if form.errors else 200)


@require_POST
@person_page
def delegation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = get_object_or_404(Delegation.objects.select_related("organization", "delegate"), pk=pk)
    require(request, "accounts.delegate", delegation.organization)
    delegations.revoke(delegation=delegation, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The delegation has ended."))
    return redirect("accounts:delegation-list", delegation.organization.name)
