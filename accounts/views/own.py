"""A person's own account."""

import json
import zipfile
from io import BytesIO
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import personal_data
from ..errors import AccountsError
from ..forms import DeletionForm, ProfileForm
from ..selectors import activity
from ..services import people
from .access import person_page, posted


@person_page
def profile_edit(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    initial = {name: getattr(user, name) for name in people.PROFILE}
    form = ProfileForm(posted(request), initial=initial, now=timezone.now())
    if form.is_valid():
        people.update_profile(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile-edit")
    return render(request, "accounts/account/profile.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@person_page
def security_detail(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    factors = list(Authenticator.objects.filter(user=user))
    codes = next((factor.wrap() for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
        "has_password": user.has_usable_password(),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "has_app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "has_codes": codes is not None,
        "accounts": SocialAccount.objects.filter(user=user),
        "providers": get_adapter().list_providers(request),
    }
    return render(request, "accounts/account/security.html", context)


@require_safe
@person_page
def membership_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "memberships": user.memberships.select_related("organization").order_by("organization__title", "pk"),
        "appointments": user.appointments.order_by("pk"),
    }
    return render(request, "accounts/account/memberships.html", context)


@require_safe
@person_page
def own_activity_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    page = activity.page(activity.own(user), before=request.GET.get("before", ""))
    return render(request, "accounts/account/activity.html", {"page": page})


@require_safe
@person_page
def data_detail(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account/data.html", {"parts": personal_data.parts()})


@require_safe
@person_page
def data_export(request: HttpRequest, kind: str) -> HttpResponse:
    """All that the portal knows of the person: one JSON document, or a ZIP with a file for each part."""
    user: Any = request.user
    data = personal_data.export(user)
    if kind == "json":
        response = HttpResponse(_json(data), content_type="application/json")
    else:
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, records in data.items():
                archive.writestr(f"{key}.json", _json(records))
        response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="portal-data-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return response


@person_page
@reauthentication_required
def account_delete(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = DeletionForm(posted(request), user=user)
    context = {"form": form, "parts": [part for part in personal_data.parts() if part.remains]}
    try:
        people.refuse_to_leave(user)
        if form.is_valid():
            people.delete_account(user=user)
            logout(request)
            return redirect("accounts:account-deleted")
    except AccountsError as error:
        return render(request, "accounts/account/delete.html", {"reason": str(error)}, status=409)
    return render(request, "accounts/account/delete.html", context, status=422 if form.errors else 200)


@require_safe
def account_deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account/deleted.html")


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
