"""The addresses of taking part."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_altcha import AltchaChallengeView

from .forms import HARDEST
from .views import moderation, votes

app_name = "engagement"

a_vote = [
    path("", votes.vote_cast, name="vote-cast"),
    path(_("withdraw/"), votes.vote_withdraw, name="vote-withdraw"),
    path(_("check/"), votes.vote_check, name="vote-check"),
    path("code/", votes.vote_code, name="vote-code"),
]
moderation_: list[URLPattern | URLResolver] = [
    path("", moderation.moderation_queue, name="moderation-queue"),
    path(_("trails/"), moderation.trail_list, name="trail-list"),
    path(_("trails/"), include([path("<int:pk>/", moderation.trail_restore, name="trail-restore")])),
    path("<slug:kind>/<int:pk>/", moderation.moderation_item, name="moderation-item"),
]
urlpatterns = [
    path(_("moderation/"), include(moderation_)),
    path(
        _("votes/"),
        include([path("challenge.json", never_cache(AltchaChallengeView.as_view(max_number=HARDEST)), name="challenge")]),
    ),
    path(_("votes/"), include([path("<slug:board>/<int:pk>/", include(a_vote))])),
]
