"""Who gets what at the addresses of the frame and of the administration; and that no address of the portal lacks a row."""

import uuid

import pytest
from django.contrib import admin

from opengov import urls
from tests.accounts import test_permissions as accounts
from tests.datasets import test_permissions as datasets
from tests.datasets.test_admin import MAKERS
from tests.engagement import test_permissions as engagement
from tests.factories.staff import clients as all_clients
from tests.permission_matrix import answers, names, read
from tests.requests_app import test_permissions as requests

pytestmark = pytest.mark.django_db

FRAME = read("""
                      anonymous person member author moderator publisher administrator operator
    healthz           200       200    200    200    200       200       200           200
    readyz            200       200    200    200    200       200       200           200
    brand-css         200       200    200    200    200       200       200           200
    vote-seals-csv    200       200    200    200    200       200       200           200
    vote-seals-json   200       200    200    200    200       200       200           200
    qr                404       404    404    404    404       404       404           404
    favicon           302       302    302    302    302       302       302           302
    robots-txt        200       200    200    200    200       200       200           200
    security-txt      200       200    200    200    200       200       200           200
    sitemap-index     200       200    200    200    200       200       200           200
    sitemap-pages     200       200    200    200    200       200       200           200
    sitemap-datasets  200       200    200    200    200       200       200           200
""")
# 302 leads to the log-in of the administration, or to where a page stands; autocompletion and the way to the public page answer
# 403 and 404 because they are not told of what. A POST with nothing in it shows the form again.
ADMINISTRATION = read("""
                                                  anonymous person member author moderator publisher administrator operator
    admin:index                                   302       302    302    200    200       200       200           200
    admin:login                                   login     403    403    302    302       302       302           302
    admin:logout                                  302       302    302    405    405       405       405           405
    admin:password_change                         302       302    302    302    302       302       302           302
    POST admin:password_change                    302       302    302    302    302       302       302           302
    admin:password_change_done                    302       302    302    200    200       200       200           200
    admin:autocomplete                            302       302    302    403    403       403       403           403
    admin:jsi18n                                  302       302    302    200    200       200       200           200
    admin:view_on_site                            302       302    302    404    404       404       404           404
    admin:search_outboxentry_changelist           302       302    302    403    403       403       200           200
    admin:search_outboxentry_add                  302       302    302    403    403       403       403           403
    admin:search_outboxentry_history              302       302    302    403    403       403       200           200
    admin:search_outboxentry_delete               302       302    302    403    403       403       403           403
    admin:search_outboxentry_change               302       302    302    403    403       403       200           200
    POST admin:search_outboxentry_change          302       302    302    403    403       403       403           403
    admin:accounts_user_changelist                302       302    302    403    403       403       200           200
    admin:accounts_user_add                       302       302    302    403    403       403       403           403
    admin:accounts_user_history                   302       302    302    403    403       403       200           200
    admin:accounts_user_delete                    302       302    302    403    403       403       403           403
    admin:accounts_user_change                    302       302    302    403    403       403       200           200
    POST admin:accounts_user_change               302       302    302    403    403       403       403           403
    admin:accounts_membership_changelist          302       302    302    403    403       403       200           200
    admin:accounts_membership_add                 302       302    302    403    403       403       403           403
    admin:accounts_membership_history             302       302    302    403    403       403       200           200
    admin:accounts_membership_delete              302       302    302    403    403       403       403           403
    admin:accounts_membership_change              302       302    302    403    403       403       200           200
    POST admin:accounts_membership_change         302       302    302    403    403       403       403           403
    admin:accounts_delegation_changelist          302       302    302    403    403       403       200           200
    admin:accounts_delegation_add                 302       302    302    403    403       403       403           403
    admin:accounts_delegation_history             302       302    302    403    403       403       200           200
    admin:accounts_delegation_delete              302       302    302    403    403       403       403           403
    admin:accounts_delegation_change              302       302    302    403    403       403       200           200
    POST admin:accounts_delegation_change         302       302    302    403    403       403       403           403
    admin:accounts_portalappointment_changelist   302       302    302    403    403       403       200           200
    admin:accounts_portalappointment_add          302       302    302    403    403       403       403           403
    admin:accounts_portalappointment_history      302       302    302    403    403       403       200           200
    admin:accounts_portalappointment_delete       302       302    302    403    403       403       403           403
    admin:accounts_portalappointment_change       302       302    302    403    403       403       200           200
    POST admin:accounts_portalappointment_change  302       302    302    403    403       403       403           403
    admin:accounts_invitation_changelist          302       302    302    403    403       403       200           200
    admin:accounts_invitation_add                 302       302    302    403    403       403       403           403
    admin:accounts_invitation_history             302       302    302    403    403       403       200           200
    admin:accounts_invitation_delete              302       302    302    403    403       403       403           403
    admin:accounts_invitation_change              302       302    302    403    403       403       200           200
    POST admin:accounts_invitation_change         302       302    302    403    403       403       403           403
    admin:accounts_activity_changelist            302       302    302    403    403       403       200           200
    admin:accounts_activity_add                   302       302    302    403    403       403       403           403
    admin:accounts_activity_history               302       302    302    403    403       403       200           200
    admin:accounts_activity_delete                302       302    302    403    403       403       403           403
    admin:accounts_activity_change                302       302    302    403    403       403       200           200
    POST admin:accounts_activity_change           302       302    302    403    403       403       403           403
    admin:datasets_dailycount_changelist          302       302    302    200    200       200       200           200
    admin:datasets_dailycount_add                 302       302    302    403    403       403       403           403
    admin:datasets_dailycount_history             302       302    302    200    200       200       200           200
    admin:datasets_dailycount_delete              302       302    302    403    403       403       403           403
    admin:datasets_dailycount_change              302       302    302    200    200       200       200           200
    POST admin:datasets_dailycount_change         302       302    302    403    403       403       403           403
    admin:datasets_dataset_changelist             302       302    302    200    200       200       200           200
    admin:datasets_dataset_add                    302       302    302    403    403       200       200           200
    admin:datasets_dataset_history                302       302    302    200    200       200       200           200
    admin:datasets_dataset_delete                 302       302    302    403    403       403       403           403
    admin:datasets_dataset_change                 302       302    302    200    200       200       200           200
    POST admin:datasets_dataset_change            302       302    302    403    403       200       200           200
    admin:datasets_datasetcomment_add             302       302    302    403    403       403       403           403
    admin:datasets_datasetcomment_change          302       302    302    403    200       403       200           200
    POST admin:datasets_datasetcomment_change     302       302    302    403    403       403       403           403
    admin:datasets_datasetcomment_changelist      302       302    302    403    200       403       200           200
    admin:datasets_datasetcomment_delete          302       302    302    403    403       403       403           403
    admin:datasets_datasetcomment_history         302       302    302    403    200       403       200           200
    admin:datasets_datasetrating_add              302       302    302    403    403       403       403           403
    admin:datasets_datasetrating_change           302       302    302    403    200       403       200           200
    POST admin:datasets_datasetrating_change      302       302    302    403    403       403       403           403
    admin:datasets_datasetrating_changelist       302       302    302    403    200       403       200           200
    admin:datasets_datasetrating_delete           302       302    302    403    403       403       403           403
    admin:datasets_datasetrating_history          302       302    302    403    200       403       200           200
    admin:datasets_datasetscore_add               302       302    302    403    403       403       403           403
    admin:datasets_datasetscore_change            302       302    302    200    200       200       200           200
    POST admin:datasets_datasetscore_change       302       302    302    403    403       403       403           403
    admin:datasets_datasetscore_changelist        302       302    302    200    200       200       200           200
    admin:datasets_datasetscore_delete            302       302    302    403    403       403       403           403
    admin:datasets_datasetscore_history           302       302    302    200    200       200       200           200
    admin:datasets_enquiry_changelist             302       302    302    403    200       200       200           200
    admin:datasets_enquiry_add                    302       302    302    403    403       403       403           403
    admin:datasets_enquiry_history                302       302    302    403    200       200       200           200
    admin:datasets_enquiry_delete                 302       302    302    403    403       403       403           403
    admin:datasets_enquiry_change                 302       302    302    403    200       200       200           200
    POST admin:datasets_enquiry_change            302       302    302    403    200       200       200           200
    admin:accounts_organization_changelist        302       302    302    200    200       200       200           200
    admin:accounts_organization_add               302       302    302    403    403       403       200           200
    admin:accounts_organization_history           302       302    302    200    200       200       200           200
    admin:accounts_organization_delete            302       302    302    403    403       403       403           403
    admin:accounts_organization_change            302       302    302    200    200       200       200           200
    POST admin:accounts_organization_change       302       302    302    403    403       403       200           200
    admin:datasets_resource_changelist            302       302    302    200    200       200       200           200
    admin:datasets_resource_add                   302       302    302    403    403       200       200           200
    admin:datasets_resource_history               302       302    302    200    200       200       200           200
    admin:datasets_resource_delete                302       302    302    403    403       200       200           200
    admin:datasets_resource_change                302       302    302    200    200       200       200           200
    POST admin:datasets_resource_change           302       302    302    403    403       200       200           200
    admin:datasets_revision_changelist            302       302    302    200    200       200       200           200
    admin:datasets_revision_add                   302       302    302    403    403       403       403           403
    admin:datasets_revision_history               302       302    302    200    200       200       200           200
    admin:datasets_revision_delete                302       302    302    403    403       403       403           403
    admin:datasets_revision_change                302       302    302    200    200       200       200           200
    POST admin:datasets_revision_change           302       302    302    403    403       403       403           403
    admin:datasets_term_changelist                302       302    302    200    200       200       200           200
    admin:datasets_term_add                       302       302    302    403    403       403       200           200
    admin:datasets_term_history                   302       302    302    200    200       200       200           200
    admin:datasets_term_delete                    302       302    302    403    403       403       403           403
    admin:datasets_term_change                    302       302    302    200    200       200       200           200
    POST admin:datasets_term_change               302       302    302    403    403       403       200           200
    admin:datasets_version_changelist             302       302    302    200    200       200       200           200
    admin:datasets_version_add                    302       302    302    403    403       403       403           403
    admin:datasets_version_history                302       302    302    200    200       200       200           200
    admin:datasets_version_delete                 302       302    302    403    403       403       403           403
    admin:datasets_version_change                 302       302    302    200    200       200       200           200
    POST admin:datasets_version_change            302       302    302    403    403       403       403           403
    admin:engagement_chainseal_add                302       302    302    403    403       403       403           403
    admin:engagement_chainseal_change             302       302    302    403    200       403       200           200
    POST admin:engagement_chainseal_change        302       302    302    403    403       403       403           403
    admin:engagement_chainseal_changelist         302       302    302    403    200       403       200           200
    admin:engagement_chainseal_delete             302       302    302    403    403       403       403           403
    admin:engagement_chainseal_history            302       302    302    403    200       403       200           200
    admin:engagement_proof_add                302       302    302    403    403       403       403           403
    admin:engagement_proof_change             302       302    302    403    200       403       200           200
    POST admin:engagement_proof_change        302       302    302    403    403       403       403           403
    admin:engagement_proof_changelist         302       302    302    403    200       403       200           200
    admin:engagement_proof_delete             302       302    302    403    403       403       403           403
    admin:engagement_proof_history            302       302    302    403    200       403       200           200
    admin:engagement_humancheck_add               302       302    302    403    403       403       403           403
    admin:engagement_humancheck_change            302       302    302    403    200       403       200           200
    POST admin:engagement_humancheck_change       302       302    302    403    403       403       403           403
    admin:engagement_humancheck_changelist        302       302    302    403    200       403       200           200
    admin:engagement_humancheck_delete            302       302    302    403    403       403       403           403
    admin:engagement_humancheck_history           302       302    302    403    200       403       200           200
    admin:engagement_invalidation_add             302       302    302    403    403       403       403           403
    admin:engagement_invalidation_change          302       302    302    403    200       403       200           200
    POST admin:engagement_invalidation_change     302       302    302    403    403       403       403           403
    admin:engagement_invalidation_changelist      302       302    302    403    200       403       200           200
    admin:engagement_invalidation_delete          302       302    302    403    403       403       403           403
    admin:engagement_invalidation_history         302       302    302    403    200       403       200           200
    admin:engagement_report_add                   302       302    302    403    403       403       403           403
    admin:engagement_report_change                302       302    302    403    200       403       200           200
    POST admin:engagement_report_change           302       302    302    403    403       403       403           403
    admin:engagement_report_changelist            302       302    302    403    200       403       200           200
    admin:engagement_report_delete                302       302    302    403    403       403       403           403
    admin:engagement_report_history               302       302    302    403    200       403       200           200
    admin:engagement_trailremoval_add             302       302    302    403    403       403       403           403
    admin:engagement_trailremoval_change          302       302    302    403    200       403       200           200
    POST admin:engagement_trailremoval_change     302       302    302    403    403       403       403           403
    admin:engagement_trailremoval_changelist      302       302    302    403    200       403       200           200
    admin:engagement_trailremoval_delete          302       302    302    403    403       403       403           403
    admin:engagement_trailremoval_history         302       302    302    403    200       403       200           200
    admin:engagement_trustednetwork_add           302       302    302    403    200       403       200           200
    admin:engagement_trustednetwork_change        302       302    302    403    200       403       200           200
    POST admin:engagement_trustednetwork_change   302       302    302    403    200       403       200           200
    admin:engagement_trustednetwork_changelist    302       302    302    403    200       403       200           200
    admin:engagement_trustednetwork_delete        302       302    302    403    200       403       200           200
    admin:engagement_trustednetwork_history       302       302    302    403    200       403       200           200
    admin:engagement_voteevent_add                302       302    302    403    403       403       403           403
    admin:engagement_voteevent_change             302       302    302    403    200       403       200           200
    POST admin:engagement_voteevent_change        302       302    302    403    403       403       403           403
    admin:engagement_voteevent_changelist         302       302    302    403    200       403       200           200
    admin:engagement_voteevent_delete             302       302    302    403    403       403       403           403
    admin:engagement_voteevent_history            302       302    302    403    200       403       200           200
    admin:requests_app_datarequest_add            302       302    302    403    403       403       403           403
    admin:requests_app_datarequest_change         302       302    302    200    200       200       200           200
    POST admin:requests_app_datarequest_change    302       302    302    403    403       403       403           403
    admin:requests_app_datarequest_changelist     302       302    302    200    200       200       200           200
    admin:requests_app_datarequest_delete         302       302    302    403    403       403       403           403
    admin:requests_app_datarequest_history        302       302    302    200    200       200       200           200
    admin:requests_app_requestcomment_add         302       302    302    403    403       403       403           403
    admin:requests_app_requestcomment_change      302       302    302    403    200       403       200           200
    POST admin:requests_app_requestcomment_change 302       302    302    403    403       403       403           403
    admin:requests_app_requestcomment_changelist  302       302    302    403    200       403       200           200
    admin:requests_app_requestcomment_delete      302       302    302    403    403       403       403           403
    admin:requests_app_requestcomment_history     302       302    302    403    200       403       200           200
    admin:requests_app_requestvote_add            302       302    302    403    403       403       403           403
    admin:requests_app_requestvote_change         302       302    302    403    200       403       200           200
    POST admin:requests_app_requestvote_change    302       302    302    403    403       403       403           403
    admin:requests_app_requestvote_changelist     302       302    302    403    200       403       200           200
    admin:requests_app_requestvote_delete         302       302    302    403    403       403       403           403
    admin:requests_app_requestvote_history        302       302    302    403    200       403       200           200
    admin:requests_app_statuschange_add           302       302    302    403    403       403       403           403
    admin:requests_app_statuschange_change        302       302    302    200    200       200       200           200
    POST admin:requests_app_statuschange_change   302       302    302    403    403       403       403           403
    admin:requests_app_statuschange_changelist    302       302    302    200    200       200       200           200
    admin:requests_app_statuschange_delete        302       302    302    403    403       403       403           403
    admin:requests_app_statuschange_history       302       302    302    200    200       200       200           200
    admin:datasets_announcement_add              302       302    302    403    403       403       403           403
    admin:datasets_announcement_change           302       302    302    403    403       403       200           200
    POST admin:datasets_announcement_change      302       302    302    403    403       403       403           403
    admin:datasets_announcement_changelist       302       302    302    403    403       403       200           200
    admin:datasets_announcement_delete           302       302    302    403    403       403       403           403
    admin:datasets_announcement_history          302       302    302    403    403       403       200           200
    admin:datasets_datasetfollow_add             302       302    302    403    403       403       403           403
    admin:datasets_datasetfollow_change          302       302    302    403    403       403       200           200
    POST admin:datasets_datasetfollow_change     302       302    302    403    403       403       403           403
    admin:datasets_datasetfollow_changelist      302       302    302    403    403       403       200           200
    admin:datasets_datasetfollow_delete          302       302    302    403    403       403       403           403
    admin:datasets_datasetfollow_history         302       302    302    403    403       403       200           200
    admin:datasets_organizationfollow_add        302       302    302    403    403       403       403           403
    admin:datasets_organizationfollow_change     302       302    302    403    403       403       200           200
    POST admin:datasets_organizationfollow_change 302       302    302    403    403       403       403           403
    admin:datasets_organizationfollow_changelist 302       302    302    403    403       403       200           200
    admin:datasets_organizationfollow_delete     302       302    302    403    403       403       403           403
    admin:datasets_organizationfollow_history    302       302    302    403    403       403       200           200
    admin:datasets_subjectfollow_add             302       302    302    403    403       403       403           403
    admin:datasets_subjectfollow_change          302       302    302    403    403       403       200           200
    POST admin:datasets_subjectfollow_change     302       302    302    403    403       403       403           403
    admin:datasets_subjectfollow_changelist      302       302    302    403    403       403       200           200
    admin:datasets_subjectfollow_delete          302       302    302    403    403       403       403           403
    admin:datasets_subjectfollow_history         302       302    302    403    403       403       200           200
    admin:requests_app_requestfollow_add         302       302    302    403    403       403       403           403
    admin:requests_app_requestfollow_change      302       302    302    403    403       403       200           200
    POST admin:requests_app_requestfollow_change 302       302    302    403    403       403       403           403
    admin:requests_app_requestfollow_changelist  302       302    302    403    403       403       200           200
    admin:requests_app_requestfollow_delete      302       302    302    403    403       403       403           403
    admin:requests_app_requestfollow_history     302       302    302    403    403       403       200           200
    admin:app_list                                302       302    302    200    200       200       200           200
""")


@pytest.fixture
def optional():
    """The queues' pages are there with Redis alone."""
    return {name for name in names(admin.site.get_urls(), "admin") if name.startswith("admin:django_rq")}


@pytest.fixture
def rows():
    """A row of each model of ours, by the names of its addresses."""
    return {f"admin:{model._meta.app_label}_{model._meta.model_name}": make().pk for model, make in MAKERS.items()}


def arguments(name, rows):
    if name == "sitemap-datasets":
        return [uuid.UUID(int=0)]
    if name == "admin:app_list":
        return ["datasets"]
    if name == "admin:view_on_site":
        return [0, 0]
    model, _, page = name.rpartition("_")
    return [rows[model]] if page in ("change", "history", "delete") and model in rows else []


@pytest.mark.parametrize("table", [FRAME, ADMINISTRATION[:50], ADMINISTRATION[50:100], ADMINISTRATION[100:]])
def test_each_role_gets_what_the_matrix_says(table, rows):
    clients = all_clients()
    got = {str(row): answers(row, clients, arguments(row.name, rows)) for row in table}

    assert got == {str(row): row.expected for row in table}


def test_every_address_of_the_portal_has_a_row(optional):
    ours = accounts.OURS + accounts.ALLAUTHS + datasets.MATRIX + engagement.MATRIX + requests.MATRIX
    told = {row.name for row in FRAME + ADMINISTRATION + ours}
    there = set(names(urls.urlpatterns)) - optional

    assert told == there
