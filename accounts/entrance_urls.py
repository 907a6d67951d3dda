"""allauth's pages at addresses in both languages. Their names are allauth's own, which its code and templates use."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

login = [
    path("", account.login, name="account_login"),
    path(_("code/"), account.request_login_code, name="account_request_login_code"),
    path(_("confirm/"), account.confirm_login_code, name="account_confirm_login_code"),
    path(_("second-factor/"), mfa.authenticate, name="mfa_authenticate"),
    path(_("passkey/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
]
confirm = [
    path("", account.reauthenticate, name="account_reauthenticate"),
    path(_("second-factor/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(_("passkey/"), webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
password_reset = [
    path("", account.password_reset, name="account_reset_password"),
    path(_("confirm/"), account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path(_("complete/"), account.complete_password_reset, name="account_complete_password_reset"),
    path(_("done/"), account.password_reset_from_key_done, name="account_password_reset_completed"),
]
second_factor = [
    path("", mfa.index, name="mfa_index"),
    path(_("authenticator-app/"), totp.activate_totp, name="mfa_activate_totp"),
    path(_("authenticator-app-off/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("recovery-codes/"), recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(_("new-recovery-codes/"), recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(_("recovery-codes.txt"), recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
passkeys = [
    path("", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(_("add/"), webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(_("<int:pk>/remove/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
connections = [
    path("", social.connections, name="socialaccount_connections"),
    path(_("signup/"), social.signup, name="socialaccount_signup"),
    path(_("cancelled/"), social.login_cancelled, name="socialaccount_login_cancelled"),
    path(_("failed/"), social.login_error, name="socialaccount_login_error"),
]
urlpatterns = [
    path(_("signup/"), account.signup, name="account_signup"),
    path(_("login/"), include(login)),
    path(_("logout/"), account.logout, name="account_logout"),
    path(_("inactive/"), account.account_inactive, name="account_inactive"),
    path(_("email/"), account.email, name="account_email"),
    path(_("confirm-email/"), account.email_verification_sent, name="account_email_verification_sent"),
    path(_("confirm-access/"), include(confirm)),
    path(_("change-password/"), account.password_change, name="account_change_password"),
    path(_("set-password/"), account.password_set, name="account_set_password"),
    path(_("reset-password/"), include(password_reset)),
    path(_("second-factor/"), include(second_factor)),
    path(_("passkeys/"), include(passkeys)),
    path(_("connections/"), include(connections)),
]
