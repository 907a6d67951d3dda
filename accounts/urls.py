"""The addresses of one's account and of the people of organizations. Signing in and its kin stand in `entrance_urls`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import activity, delegations, invitations, notifications, own, teams

app_name = "accounts"
urlpatterns = [
    path(_("profile/"), own.profile_edit, name="profile-edit"),
    path(_("security/"), own.security_detail, name="security-detail"),
    path(_("notifications/"), notifications.notification_list, name="notification-list"),
    path(_("notifications/read/"), notifications.notification_read, name="notification-read-all"),
    path(_("notifications/<int:pk>/read/"), notifications.notification_read, name="notification-read"),
    path(_("notifications/pace/"), notifications.notification_edit, name="notification-edit"),
    path(_("notifications/stop/<str:token>/"), notifications.notification_stop, name="notification-stop"),
    path(_("roles/"), own.membership_list, name="membership-list"),
    path(_("activity/"), own.own_activity_list, name="own-activity-list"),
    path(_("data/"), own.data_detail, name="data-detail"),
    path(_("data/portal-data.json"), own.data_export, {"kind": "json"}, name="data-json"),
    path(_("data/portal-data.zip"), own.data_export, {"kind": "zip"}, name="data-zip"),
    path(_("delete/"), own.account_delete, name="account-delete"),
    path(_("deleted/"), own.account_deleted, name="account-deleted"),
    path(_("roles/<int:pk>/end/"), teams.membership_revoke, name="membership-revoke"),
    path(_("people/<slug:organization>/"), teams.member_list, name="member-list"),
    path(_("people/<slug:organization>/delegations/"), delegations.delegation_list, name="delegation-list"),
    path(_("delegations/<int:pk>/end/"), delegations.delegation_revoke, name="delegation-revoke"),
    path(_("invitations/<int:pk>/resend/"), teams.invitation_resend, name="invitation-resend"),
    path(_("invitations/<int:pk>/withdraw/"), teams.invitation_revoke, name="invitation-revoke"),
    path(_("invitation/<str:token>/"), invitations.invitation_accept, name="invitation-accept"),
    path(_("portal-roles/"), teams.appointment_list, name="appointment-list"),
    path(_("portal-roles/<int:pk>/end/"), teams.appointment_revoke, name="appointment-revoke"),
    path(_("activity-log/"), activity.activity_list, name="activity-list"),
]
