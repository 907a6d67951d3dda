"""The addresses of taking part."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django_altcha import AltchaChallengeView

from .forms import HARDEST
from .views import comments, dashboard, follows, invalidations, moderation, ratings, reports, seals, votes

app_name = "engagement"

a_vote = [
    path("", votes.vote_cast, name="vote-cast"),
    path(_("withdraw/"), votes.vote_withdraw, name="vote-withdraw"),
    path(_("check/"), votes.vote_check, name="vote-check"),
    path("code/", votes.vote_code, name="vote-code"),
]
a_follow = [
    path("", follows.follow_begin, name="follow-begin"),
    path(_("end/"), follows.follow_end, name="follow-end"),
]
a_thing = "<slug:board>/<str:pk>/"
a_rating = [
    path("", ratings.rating_give, name="rating-give"),
    path(_("withdraw/"), ratings.rating_withdraw, name="rating-withdraw"),
]
a_comment = [
    path(_("edit/"), comments.comment_edit, name="comment-edit"),
    path(_("delete/"), comments.comment_delete, name="comment-delete"),
]
of_a_thing: list[URLPattern | URLResolver] = [
    path("", comments.comment_list, name="comment-list"),
    path(pgettext_lazy("a comment", "new/"), comments.comment_create, name="comment-create"),
    path("<int:comment>/", include(a_comment)),
]
a_group = [path("<slug:board>/<str:pk>/<slug:flag>/", dashboard.check_detail, name="check-detail")]
invalidations_ = [
    path("", invalidations.invalidation_list, name="invalidation-list"),
    path(_("propose/"), invalidations.invalidation_create, name="invalidation-create"),
    path("<int:pk>/", invalidations.invalidation_detail, name="invalidation-detail"),
]
moderation_: list[URLPattern | URLResolver] = [
    path("", moderation.moderation_queue, name="moderation-queue"),
    path(_("overview/"), dashboard.moderation_dashboard, name="moderation-dashboard"),
    path(_("votes/"), dashboard.check_list, name="check-list"),
    path(_("votes/"), include(a_group)),
    path(_("invalidations/"), include(invalidations_)),
    path(_("trails/"), moderation.trail_list, name="trail-list"),
    path(_("trails/"), include([path("<int:pk>/", moderation.trail_restore, name="trail-restore")])),
    path("<slug:kind>/<int:pk>/", moderation.moderation_item, name="moderation-item"),
]
urlpatterns = [
    path(_("ratings/"), include([path(a_thing, include(a_rating))])),
    path(_("comments/"), include([path(a_thing, include(of_a_thing))])),
    path(_("reports/"), include([path("<slug:kind>/<int:pk>/", reports.report_create, name="report-create")])),
    path(_("follows/"), follows.follow_list, name="follow-list"),
    path(_("follows/"), include([path(a_thing, include(a_follow))])),
    path(_("moderation/"), include(moderation_)),
    path(
        _("votes/"),
        include([path("challenge.json", never_cache(AltchaChallengeView.as_view(max_number=HARDEST)), name="challenge")]),
    ),
    path(_("votes/"), include([path(_("seals/"), seals.seal_list, name="seal-list")])),
    path(_("votes/"), include([path("<slug:board>/<int:pk>/", include(a_vote))])),
]
