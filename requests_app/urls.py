"""The addresses of the request board."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from . import feeds
from .views import answers, board, desks, response_times

app_name = "requests"

a_request = [
    path("", board.request_detail, name="request-detail"),
    path("changes.atom", feeds.one_request, name="feed-request"),
    path(_("answer/"), answers.request_answer, name="request-answer"),
    path(_("owner/"), answers.request_owner, name="request-owner"),
    path(_("department/"), answers.request_department, name="request-department"),
    path(_("merge/"), answers.request_merge, name="request-merge"),
]
response_times_ = [
    path("", response_times.response_time_list, name="response-time-list"),
    path("response-times.csv", response_times.response_time_csv, name="response-time-csv"),
]
board_: list[URLPattern | URLResolver] = [
    path("", board.request_list, name="request-list"),
    path(_("new/"), board.request_create, name="request-create"),
    path(_("response-times/"), include(response_times_)),
    path(_("department/"), desks.desk_list, name="desk-list"),
    path(_("department/"), include([path("<slug:name>/", desks.desk, name="desk")])),
    path(_("similar/"), board.request_similar, name="request-similar"),
    path("requests.csv", board.request_csv, name="request-csv"),
    path("requests.atom", feeds.requests, name="feed-list"),
    path("<int:pk>/", include(a_request)),
]
urlpatterns = [path(_("data-requests/"), include(board_))]
