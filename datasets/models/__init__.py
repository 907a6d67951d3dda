from .comments import DatasetComment
from .counts import DailyCount
from .datasets import Dataset, DatasetQuerySet
from .enquiries import Enquiry, EnquiryQuerySet
from .ratings import DatasetRating, DatasetScore
from .relationships import Relationship
from .reminders import Reminder
from .resources import Resource, ResourceQuerySet
from .revisions import Answer, Revision, RevisionItem, RevisionQuerySet, SignOff
from .stays import Stay, StayQuerySet
from .terms import Term
from .uploads import Upload
from .versions import Version

__all__ = [
    "Answer",
    "DailyCount",
    "Dataset",
    "DatasetComment",
    "DatasetQuerySet",
    "DatasetRating",
    "DatasetScore",
    "Enquiry",
    "EnquiryQuerySet",
    "Relationship",
    "Reminder",
    "Resource",
    "ResourceQuerySet",
    "Revision",
    "RevisionItem",
    "RevisionQuerySet",
    "SignOff",
    "Stay",
    "StayQuerySet",
    "Term",
    "Upload",
    "Version",
]
