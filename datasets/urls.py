"""The addresses of the catalogue."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from . import feeds
from .views import (
    datasets,
    directory,
    enquiries,
    exports,
    gates,
    histories,
    home,
    numbers,
    pages,
    queues,
    resources,
    results,
    revisions,
    statistics,
    uploads,
    whole_records,
    workbench,
    workbench_resources,
    workbench_tables,
)

app_name = "datasets"

a_resource = [
    path("", resources.resource_detail, name="resource-detail"),
    path("download", resources.resource_download, name="resource-download"),
    path(_("history/"), resources.resource_history, name="resource-history"),
    path("picture", resources.resource_picture, name="resource-picture"),
    path("files/<str:sha256>", resources.resource_version, name="resource-version"),
    path("map.geojson", resources.resource_map, name="resource-map"),
]
a_dataset: list[URLPattern | URLResolver] = [
    path("", datasets.dataset_detail, name="dataset-detail"),
    path(_("history/"), datasets.dataset_history, name="dataset-history"),
    path("versions.atom", feeds.dataset, name="dataset-feed"),
    path("metadata.json", datasets.dataset_metadata, name="dataset-metadata"),
    path("citation.<str:format>", datasets.dataset_citation, name="dataset-citation"),
    path(_("resources/"), include([path("<uuid:pk>/", include(a_resource))])),
]

organizations = [
    path("", directory.organization_list, name="organization-list"),
    path("<slug:name>/", directory.organization_detail, name="organization-detail"),
]
subjects = [
    path("", directory.subject_list, name="subject-list"),
    path("<slug:code>/", directory.subject_detail, name="subject-detail"),
]
feeds_: list[URLPattern | URLResolver] = [
    path("new.atom", feeds.new, name="feed-new"),
    path("updated.atom", feeds.updated, name="feed-updated"),
    path("results.atom", feeds.results, name="feed-results"),
    path(_("organizations/"), include([path("<slug:name>.atom", feeds.organization, name="feed-organization")])),
    path(_("subjects/"), include([path("<slug:code>.atom", feeds.subject, name="feed-subject")])),
]
contact = [
    path("", enquiries.contact, name="contact"),
    path("<str:code>/", enquiries.enquiry_status, name="enquiry-status"),
]
one_enquiry = [
    path("", enquiries.enquiry_detail, name="enquiry-detail"),
    path(_("take/"), enquiries.enquiry_take, name="enquiry-take"),
    path(_("close/"), enquiries.enquiry_close, name="enquiry-close"),
]
statistics_ = [
    path("", statistics.statistics, name="statistics"),
    path("daily.csv", statistics.statistics_csv, name="statistics-csv"),
]
a_gate: list[URLPattern | URLResolver] = [
    path(_("review/"), gates.revision_review, name="revision-review"),
    path(_("sign-off/"), gates.revision_sign, name="revision-sign"),
    path("<slug:move>/", gates.revision_move, name="revision-move"),
]
turnaround = [
    path("", numbers.turnaround_list, name="turnaround-list"),
    path("turnaround.csv", numbers.turnaround_csv, name="turnaround-csv"),
]
an_attachment = [path("<str:sha256>", gates.revision_attachment, name="revision-attachment")]
gates_: list[URLPattern | URLResolver] = [
    path(_("review/"), queues.queue, {"name": "review"}, name="queue-review"),
    path(_("sign-off/"), queues.queue, {"name": "sign-off"}, name="queue-sign-off"),
    path(_("release/"), queues.queue, {"name": "release"}, name="queue-release"),
    path(_("turnaround/"), include(turnaround)),
    path(_("freshness/"), numbers.freshness_list, name="freshness-list"),
    path(_("approvals/"), include([path("<slug:name>/", gates.approval_withdraw, name="approval-withdraw")])),
    path(_("withdrawals/"), include([path("<slug:name>/", gates.record_withdraw, name="record-withdraw")])),
    path(_("restorations/"), include([path("<slug:name>/", gates.record_restore, name="record-restore")])),
    path("<uuid:pk>/", include([path(_("gate/"), include(a_gate))])),
    path("<uuid:pk>/", include([path(_("attachments/"), include(an_attachment))])),
    path("<uuid:pk>/", include([path(_("whole/"), whole_records.revision_whole, name="revision-whole")])),
    path("<uuid:pk>/", include([path("files/<str:sha256>", whole_records.revision_file, name="revision-file")])),
]
a_record_resource: list[URLPattern | URLResolver] = [
    path(_("edit/"), workbench_resources.record_resource_edit, name="record-resource-edit"),
    path(_("move/"), workbench_resources.record_resource_move, name="record-resource-move"),
    path(_("remove/"), workbench_resources.record_resource_remove, name="record-resource-remove"),
]
a_revision: list[URLPattern | URLResolver] = [
    path("", revisions.revision_detail, name="revision-detail"),
    path(_("edit/"), workbench.record_edit, name="record-edit"),
    path(_("resources/"), workbench_resources.record_resources, name="record-resources"),
    path(_("resources/"), include([path(_("add-link/"), workbench_resources.record_link_add, name="record-link-add")])),
    path(_("resources/"), include([path(_("add-file/"), workbench_resources.record_file_add, name="record-file-add")])),
    path(_("resources/"), include([path("<uuid:resource>/", include(a_record_resource))])),
    path(_("uploads/"), uploads.upload_begin, name="upload-begin"),
    path(_("uploads/"), include([path("<uuid:upload>/", uploads.upload_part, name="upload-part")])),
]
a_workbench_record: list[URLPattern | URLResolver] = [
    path(_("change/"), workbench.record_revise, name="record-revise"),
    path(_("duplicate/"), workbench.record_duplicate, name="record-duplicate"),
    path(_("history/"), histories.record_history, name="record-history"),
    path(_("history/"), include([path("<uuid:resource>/", histories.record_history, name="record-history-resource")])),
    path(_("take-back/"), histories.record_take_back, name="record-take-back"),
]
a_table: list[URLPattern | URLResolver] = [
    path("records.<str:format>", workbench_tables.record_export, name="record-export"),
    path("", workbench_tables.record_import, name="record-import"),
    path(_("save/"), workbench_tables.record_import_apply, name="record-import-apply"),
]
workbench_: list[URLPattern | URLResolver] = [
    path("", workbench.record_list, name="record-list"),
    path(_("new/"), workbench.record_create, name="record-create"),
    path(_("several/"), workbench_tables.record_bulk, name="record-bulk"),
    path(_("tables/"), include([path("<slug:name>/", include(a_table))])),
    path(_("records/"), include([path("<slug:name>/", include(a_workbench_record))])),
    path("<uuid:pk>/", include(a_revision)),
]
prose = [
    path(_("about/"), pages.page, {"name": "about"}, name="about"),
    path(_("licence/"), pages.page, {"name": "licence"}, name="licence"),
    path(_("accessibility/"), pages.page, {"name": "accessibility"}, name="accessibility"),
    path(_("privacy/"), pages.page, {"name": "privacy"}, name="privacy"),
    path(_("help/"), pages.page, {"name": "help"}, name="help"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path(_("datasets/"), results.dataset_list, name="dataset-list"),
    path(_("datasets/"), include([path("completions.json", results.completion_list, name="completion-list")])),
    path(_("datasets/"), include([path("results.<str:format>", exports.results_export, name="results-export")])),
    path(_("datasets/"), include([path("<slug:name>/", include(a_dataset))])),
    path(_("organizations/"), include(organizations)),
    path(_("subjects/"), include(subjects)),
    path(_("feeds/"), include(feeds_)),
    path(_("contact/"), include(contact)),
    path(_("feedback/"), enquiries.feedback, name="feedback"),
    path(_("enquiries/"), enquiries.enquiry_list, name="enquiry-list"),
    path(_("enquiries/"), include([path("<str:code>/", include(one_enquiry))])),
    path(_("statistics/"), include(statistics_)),
    path(_("workbench/"), include(workbench_)),
    path(_("workbench/"), include(gates_)),
    *prose,
]
