from modeltranslation.translator import TranslationOptions, register

from .models import Dataset, Resource, Term


@register(Dataset)
class DatasetTranslation(TranslationOptions):
    fields = (
        "title",
        "notes",
        "additional_notes",
        "keywords",
        "data_series_name",
        "data_series_issue_identification",
        "program_page_url",
        "org_title_at_publication",
        "org_section",
        "contributor",
        "maintainer_contact_form",
        "metadata_contact",
        "position_name",
        "series_publication_dates",
        "withdrawal_reason",
    )
    empty_values = {"keywords": None}


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("label", "url")
