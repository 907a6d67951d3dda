"""Where the link of an invitation leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..errors import InvitationError, WrongAccount
from ..models import Invitation
from ..services import invitations


@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, with the next step: log in or sign up, accept, change accounts; or why there is none any more."""
    user: Any = request.user
    invitation = get_object_or_404(Invitation.objects.with_token(token).select_related("organization", "invited_by"))
    context = {"invitation": invitation, "login_first": not user.is_authenticated}
    try:
        if request.method == "POST" and user.is_authenticated:
            invitations.accept(token=token, user=user, now=timezone.now())
            messages.success(request, _("You now have the role “%(role)s”.") % {"role": invitation.get_role_display()})
            return redirect("accounts:membership-list")
        invitations.refuse_unless_open(invitation, timezone.now())
        if user.is_authenticated and not invitations.is_for(invitation, user):
            raise WrongAccount
    except InvitationError as error:
        wrong = isinstance(error, WrongAccount)
        context |= {"reason": str(error), "wrong_account": wrong}
        return render(request, "accounts/invitations/closed.html", context, status=403 if wrong else 410)
    return render(request, "accounts/invitations/accept.html", context)
