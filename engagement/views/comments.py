"""Comments on any board: all of them, and the pages to write, edit and delete one."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

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

from opengov.caching import public_page
from opengov.errors import TooManyRequests

from ..boards import Board
from ..errors import EngagementError, NoLongerEditable
from ..forms import CommentForm
from ..models import AbstractComment
from ..selectors.comments import NEWEST, OLDEST, page_with, talk
from ..services import comments
from .places import place


@public_page()
def comment_list(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    """All comments on a thing; `comment=12` is the page, newest first, that has this one."""
    on, thing = place(request, board, pk, having="comments")
    order = OLDEST if request.GET.get("order") == OLDEST else NEWEST
    sought = request.GET.get("comment", "")
    number: Any = request.GET.get("page", 1)
    if sought.isdecimal() and "page" not in request.GET:
        order, number = NEWEST, page_with(on, thing, request.user, int(sought[:15]))
    shown = talk(on, thing, request.user, order=order, number=number)
    context = {
        "board": on,
        "thing": thing,
        "talk": shown,
        "page": shown.page,
        "page_range": shown.page.paginator.get_elided_page_range(shown.page.number),
        "form": CommentForm(),
        "breadcrumbs": [(str(thing), thing.get_absolute_url()), (_("Comments"), "")],
    }
    return render(request, "engagement/comment_list.html", context)


@login_required
@never_cache
def comment_create(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    """Write a comment, or with `to=12` a reply; look at it first, if one likes."""
    on, thing = place(request, board, pk, having="comments")
    form = CommentForm(request.POST) if request.method == "POST" else CommentForm(initial={"parent": request.GET.get("to")})
    parent = _parent(request, on, thing, form)
    if _is_to_send(request, form):
        said = {"text": form.cleaned_data["text"], "parent": parent, "language": get_language() or "en"}
        try:
            comment = comments.write(board=on, thing=thing, author=_person(request), now=timezone.now(), **said)
        except EngagementError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _thanks(comment))
            return redirect(comment)
    title = _("Reply") if parent else _("New comment")
    return _form(request, on, thing, form, title, {"parent": parent})


@login_required
@never_cache
def comment_edit(request: HttpRequest, board: str, pk: str, comment: int) -> HttpResponse:
    """Change one's comment."""
    on, thing = place(request, board, pk, having="comments")
    row = _own(request, on, thing, comment)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    if _is_to_send(request, form):
        try:
            row = comments.revise(comment=row, author=_person(request), text=form.cleaned_data["text"], now=timezone.now())
        except EngagementError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _thanks(row))
            return redirect(row)
    return _form(request, on, thing, form, _("Edit your comment"), {"comment": row})


@login_required
@never_cache
def comment_delete(request: HttpRequest, board: str, pk: str, comment: int) -> HttpResponse:
    """Delete one's comment, asked once."""
    on, thing = place(request, board, pk, having="comments")
    row = _own(request, on, thing, comment)
    if request.method == "POST":
        with suppress(NoLongerEditable):  # sent twice: the other request was quicker
            comments.delete(comment=row, author=_person(request), now=timezone.now())
        messages.success(request, _("Your comment is deleted."))
        return redirect("engagement:comment-list", board, pk)
    title = _("Delete your comment")
    context = {"board": on, "thing": thing, "comment": row, "title": title, "hide_feedback": True}
    return render(request, "engagement/comment_delete.html", context | {"breadcrumbs": _crumbs(on, thing, title)})


def _is_to_send(request: HttpRequest, form: CommentForm) -> bool:
    """Whether the words are to be kept now: posted, in order, and not only to be looked at."""
    if not form.is_valid() or request.POST.get("do") == "preview":
        return False
    if not consume(request, action="comment"):
        raise TooManyRequests(retry_after=3600)
    return True


def _form(request: HttpRequest, board: Board, thing: Any, form: CommentForm, title: str, more: dict[str, Any]) -> HttpResponse:
    """The page of the form; to htmx, which asks for it, the look at the words alone."""
    is_preview = request.POST.get("do") == "preview" and form.is_valid()
    context = {
        "board": board,
        "thing": thing,
        "form": form,
        "title": title,
        "preview": form.cleaned_data["text"] if is_preview else "",
        "language": get_language(),
        "hide_feedback": True,
        "breadcrumbs": _crumbs(board, thing, title),
    } | more
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    fragment = request.htmx and request.POST.get("do") == "preview"  # type: ignore[attr-defined]
    return render(request, f"engagement/comment_{'preview' if fragment else 'form'}.html", context, status=status)


def _parent(request: HttpRequest, board: Board, thing: Any, form: CommentForm) -> AbstractComment | None:
    """What is replied to.

    Raises:
        Http404: the public does not read it.
    """
    number = str(form["parent"].value() or "")
    if not number:
        return None
    if not number.isdecimal():
        raise Http404
    found: AbstractComment = get_object_or_404(
        board.comments.objects.filter(thing=thing).standing().select_related("author"), pk=int(number[:15])
    )
    return found


def _own(request: HttpRequest, board: Board, thing: Any, number: int) -> AbstractComment:
    """
    Raises:
        Http404: the comment is not there, or not the person's.
    """
    row: AbstractComment = get_object_or_404(board.comments, pk=number, thing=thing, author=_person(request), deleted_at=None)
    return row


def _thanks(comment: AbstractComment) -> str:
    if comment.is_shown:
        return _("Thank you. Everybody can read your comment.")
    return _("Thank you. A moderator looks at your comment before everybody can read it; you will get a mail.")


def _crumbs(board: Board, thing: Any, title: str) -> list[tuple[str, str]]:
    all_of_them = reverse("engagement:comment-list", args=[board.key, thing.pk])
    return [(str(thing), thing.get_absolute_url()), (_("Comments"), all_of_them), (title, "")]


def _person(request: HttpRequest) -> Any:
    return request.user
