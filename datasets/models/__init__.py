from .counts import DailyCount
from .datasets import Dataset, DatasetQuerySet
from .enquiries import Enquiry, EnquiryQuerySet
from .relationships import Relationship
from .resources import Resource, ResourceQuerySet
from .terms import Term
from .versions import Version

__all__ = [
    "DailyCount",
    "Dataset",
    "DatasetQuerySet",
    "Enquiry",
    "EnquiryQuerySet",
    "Relationship",
    "Resource",
    "ResourceQuerySet",
    "Term",
    "Version",
]
