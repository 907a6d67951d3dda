"""Writing to the portal: the forms, the page of a code, and the queue of the staff."""

from http import HTTPStatus

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.activity import of
from accounts.selectors import activity
from opengov.emails import canonical
from opengov.paging import page_of

from ..enums import EnquiryKind
from ..errors import DatasetsError
from ..forms.enquiries import AnswerForm, CloseForm, ContactForm, FeedbackForm, QueueForm, safe_page
from ..models import Dataset, Enquiry
from ..selectors.enquiries import queue
from ..services import enquiries as services

ROWS = 50


@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """Ask the staff something; `?dataset=<slug>` makes it a question about a dataset."""
    form = ContactForm(request.POST or None, user=request.user, initial=_initial(request))
    return _write(request, form, EnquiryKind.CONTACT, "datasets/enquiries/contact.html", _("Contact us"))


@never_cache
def feedback(request: HttpRequest) -> HttpResponse:
    """Say whether one found what one was looking for, on `?page=<path>`."""
    form = FeedbackForm(request.POST or None, user=request.user, initial=_initial(request))
    return _write(request, form, EnquiryKind.FEEDBACK, "datasets/enquiries/feedback.html", _("Feedback on a page"))


def _initial(request: HttpRequest) -> dict[str, str]:
    email = request.user.email if request.user.is_authenticated else ""
    return {
        "page": safe_page(request.GET.get("page", "")),
        "dataset": request.GET.get("dataset", "").replace("\0", ""),
        "email": email,
    }


def _write(request: HttpRequest, form: ContactForm | FeedbackForm, kind: EnquiryKind, template: str, title: str) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if form.is_valid():
        if consume(request, action="enquiry"):
            return redirect(_send(request, form, kind))
        form.add_error(None, _("Too many messages came from your network. Please wait ten minutes, then send yours again."))
        status = HTTPStatus.TOO_MANY_REQUESTS
    named = form["dataset"].value() if "dataset" in form.fields else ""
    context = {
        "form": form,
        "title": title,
        "dataset": Dataset.objects.visible_to(request.user).filter(name=named).first() if named else None,
        "about_page": safe_page(str(form["page"].value() or "")),
        "hide_feedback": True,
        "breadcrumbs": [(title, "")],
    }
    return render(request, template, context, status=status)


def _send(request: HttpRequest, form: ContactForm | FeedbackForm, kind: EnquiryKind) -> Enquiry:
    said = form.cleaned_data
    return services.send(
        kind=kind,
        text=said["text"],
        email=said["email"],
        page=said["page"],
        dataset=said["dataset"],
        found=said.get("found"),
        language=get_language() or "en",
        now=timezone.now(),
        with_receipt=bool(said["email"]) and consume(request, action="enquiry_receipt", key=canonical(said["email"])),
    )


@never_cache
def enquiry_status(request: HttpRequest, code: str) -> HttpResponse:
    """What became of an enquiry, for whoever has its code."""
    enquiry = get_object_or_404(Enquiry.objects.select_related("dataset"), code=code.lower())
    title = _("Your message")
    context = {
        "enquiry": enquiry,
        "title": title,
        "hide_feedback": True,
        "breadcrumbs": [(_("Contact us"), reverse("datasets:contact")), (title, "")],
    }
    return render(request, "datasets/enquiries/status.html", context)


@login_required
@never_cache
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """The staff's queue."""
    if not request.user.has_perm("datasets.answer_enquiries"):
        raise Http404
    form = QueueForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = page_of(queue(request.user, **chosen), ROWS, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "hide_feedback": True,
        "breadcrumbs": [(_("Enquiries"), "")],
    }
    return render(request, "datasets/enquiries/list.html", context)


@login_required
@never_cache
def enquiry_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One enquiry for the staff; posting answers it."""
    enquiry = _for_staff(request, code)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            services.answer(enquiry=enquiry, actor=request.user, text=form.cleaned_data["text"], now=timezone.now())  # type: ignore[arg-type]
        except DatasetsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answer is sent."))
            return redirect("datasets:enquiry-list")
    context = {
        "enquiry": enquiry,
        "form": form,
        "close_form": CloseForm(),
        "is_open": not enquiry.answered_at,
        "is_own": enquiry.taken_by_id == request.user.pk,
        "timeline": activity.page(of(enquiry)),
        "hide_feedback": True,
        "breadcrumbs": [(_("Enquiries"), reverse("datasets:enquiry-list")), (enquiry.code, "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "datasets/enquiries/detail.html", context, status=status)


@login_required
@require_POST
def enquiry_take(request: HttpRequest, code: str) -> HttpResponse:
    enquiry = _for_staff(request, code)
    try:
        services.take(enquiry=enquiry, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    except DatasetsError as error:
        messages.error(request, str(error))
    return redirect("datasets:enquiry-detail", code)


@login_required
@require_POST
def enquiry_close(request: HttpRequest, code: str) -> HttpResponse:
    enquiry = _for_staff(request, code)
    form = CloseForm(request.POST)
    try:
        note = form.cleaned_data["note"] if form.is_valid() else ""
        services.close(enquiry=enquiry, actor=request.user, now=timezone.now(), note=note)  # type: ignore[arg-type]
    except DatasetsError as error:
        messages.error(request, str(error))
        return redirect("datasets:enquiry-detail", code)
    messages.success(request, _("The enquiry is closed."))
    return redirect("datasets:enquiry-list")


def _for_staff(request: HttpRequest, code: str) -> Enquiry:
    enquiries = Enquiry.objects.visible_to(request.user).select_related("dataset", "taken_by", "answered_by")
    return get_object_or_404(enquiries, code=code)
