"""Organizations and subjects."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization
from opengov.caching import public_page
from opengov.paging import page_of

from ..enums import Vocabulary
from ..forms.directory import OrganizationListForm
from ..models import Term
from ..selectors import terms
from ..selectors.directory import by_letter, organizations, share_of, subjects
from ..selectors.texts import text_of

ROWS = 400


@public_page()
def organization_list(request: HttpRequest) -> HttpResponse:
    form = OrganizationListForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = organizations(
        text=asked.get("q", ""), jurisdiction=asked.get("jurisdiction", ""), with_none=bool(asked.get("all") or asked.get("q"))
    )
    page = page_of(found, ROWS, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "letters": by_letter(page.object_list),
        "breadcrumbs": [(_("Organizations"), "")],
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "datasets/organization_list.html", context, status=status)


@public_page()
def organization_detail(request: HttpRequest, name: str) -> HttpResponse:
    rows = Organization.objects.visible_to(request.user).select_related("parent")
    organization = get_object_or_404(rows.prefetch_related("children", "successors", "predecessors"), name=name)
    title = text_of(organization, "title")
    context = {
        "organization": organization,
        "title": title,
        "description": text_of(organization, "description"),
        "jurisdiction": terms.label(Vocabulary.JURISDICTION, organization.jurisdiction),
        "share": share_of("organization", organization.name),
        "feed_url": reverse("datasets:feed-organization", args=[organization.name]),
        "breadcrumbs": [(_("Organizations"), reverse("datasets:organization-list")), (str(title), "")],
    }
    return render(request, "datasets/organization_detail.html", context)


@public_page()
def subject_list(request: HttpRequest) -> HttpResponse:
    return render(request, "datasets/subject_list.html", {"subjects": subjects(), "breadcrumbs": [(_("Subjects"), "")]})


@public_page()
def subject_detail(request: HttpRequest, code: str) -> HttpResponse:
    subject = terms.choice(Vocabulary.SUBJECT, code)
    if subject is None:
        raise Http404
    context = {
        "subject": subject,
        "thing": get_object_or_404(Term.objects.of(Vocabulary.SUBJECT), code=code),
        "title": subject.label,
        "share": share_of("subject", code),
        "feed_url": reverse("datasets:feed-subject", args=[code]),
        "breadcrumbs": [(_("Subjects"), reverse("datasets:subject-list")), (subject.label, "")],
    }
    return render(request, "datasets/subject_detail.html", context)
