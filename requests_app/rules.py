"""Who may do what on the request board."""

from typing import Any

import rules

from accounts.rules import belongs_to, is_administrator, is_editor_of, is_imso_of, is_moderator, is_portal_staff

from .enums import RequestStatus


@rules.predicate
def answers_for_it(user: Any, request: Any) -> bool:
    """The person edits or signs for the organization that is asked."""
    return request is not None and bool((is_editor_of | is_imso_of)(user, request.organization))


@rules.predicate
def names_nobody(user: Any, request: Any) -> bool:
    return request is not None and request.organization_id is None


@rules.predicate
def is_on_the_board(user: Any, request: Any) -> bool:
    return request is not None and request.is_shown and request.merged_into_id is None


routes_requests = is_administrator | is_moderator
rules.add_perm("requests_app", is_portal_staff)
# Moderators send requests on to departments, and answer what is nobody's.
rules.add_perm("requests_app.answer_request", is_on_the_board & (routes_requests | answers_for_it))
rules.add_perm("requests_app.send_request", is_on_the_board & names_nobody & routes_requests)
rules.add_perm("requests_app.see_desk", routes_requests | belongs_to)
rules.add_perm("requests_app.merge_request", is_on_the_board & routes_requests)
for written_by_people in ("requestvote", "requestcomment"):
    rules.add_perm(f"requests_app.view_{written_by_people}", routes_requests)
for shown in ("datarequest", "statuschange", "turn"):
    rules.add_perm(f"requests_app.view_{shown}", is_portal_staff)


def may_vote(user: Any, request: Any) -> bool:
    """Whoever is signed in, for what the board shows and nobody has answered for good."""
    return bool(user.is_authenticated and is_on_the_board(user, request) and not is_closed(request))


def is_closed(request: Any) -> bool:
    """It is answered for good, or lives on in another."""
    return request.merged_into_id is not None or RequestStatus(request.status).is_final


def may_comment(user: Any, request: Any) -> bool:
    """Whoever is signed in, on what the board shows."""
    return bool(user.is_authenticated and is_on_the_board(user, request))


rules.add_perm("requests_app.view_requestfollow", is_administrator)
