"""The form of a record: the schema's fields by what they say, each text in both languages side by side."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .fields import both

# Written by services alone.
KEPT = (
    "state", "visible_from", "approved_at_source", "approved_at_source_at", "withdrawn_at", *both("withdrawal_reason"),
    "successor", *both("org_title_at_publication"), "openness", "popularity", "version", "metadata_created",
    "metadata_modified", "extras",
)  # fmt: skip
FOLDED = {"classes": ("collapse",)}
FIELDSETS: Any = (
    (None, {"fields": (("state", "visible_from", "version"), "parts", ("name", "record_type", "collection"))}),
    (
        _("What it is"),
        {"fields": (both("title"), both("notes"), both("keywords"), "subject", "frequency", "date_published", "date_modified")},
    ),
    (
        _("Who answers for it"),
        {"fields": ("owner_org", "maintainer_email", both("maintainer_contact_form"), both("org_section"))},
    ),
    (_("Under what terms"), {"fields": ("jurisdiction", "license_id", "restrictions")}),
    (
        _("Where and when"),
        FOLDED
        | {
            "fields": (
                ("time_period_coverage_start", "time_period_coverage_end"),
                "geographic_region",
                "spatial",
                "place_of_publication",
                ("federated_date_modified", "portal_release_date"),
            )
        },
    ),
    (
        _("More about it"),
        FOLDED
        | {
            "fields": (
                both("additional_notes"),
                both("data_series_name"),
                both("data_series_issue_identification"),
                both("program_page_url"),
                ("topic_category", "audience"),
                "digital_object_identifier",
                "machine_translated",
            )
        },
    ),
    (
        _("More people"),
        FOLDED
        | {
            "fields": (
                "creator",
                both("contributor"),
                both("metadata_contact"),
                both("position_name"),
                "responsible_role",
                "credit",
                "contact_information",
                "distributor",
            )
        },
    ),
    (
        _("Geospatial records"),
        FOLDED
        | {
            "fields": (
                ("status", "presentation_form"),
                ("association_type", "spatial_representation_type"),
                ("aggregate_identifier", "reference_system_information"),
                ("parent_id", "hierarchy_level"),
                ("file_id", "short_key"),
                "display_flags",
            )
        },
    ),
    (
        _("Publications"),
        FOLDED
        | {
            "fields": (
                ("issuance", "issuance_frequency"),
                ("date_created", "date_captured"),
                "edition",
                both("series_publication_dates"),
                ("isbn", "issn"),
                ("gc_catalogue_number", "departmental_identification_number"),
                "pspc_identification_number",
            )
        },
    ),
    (
        _("Kept by the portal"),
        FOLDED
        | {
            "fields": (
                ("approved_at_source", "approved_at_source_at"),
                both("org_title_at_publication"),
                ("withdrawn_at", "successor"),
                both("withdrawal_reason"),
                ("openness", "popularity"),
                ("metadata_created", "metadata_modified"),
                "extras",
            )
        },
    ),
)
