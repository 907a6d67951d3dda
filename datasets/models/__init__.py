from .announcements import Announcement
from .comments import DatasetComment
from .counts import DailyCount
from .datasets import Dataset, DatasetQuerySet
from .enquiries import Enquiry, EnquiryQuerySet
from .follows import DatasetFollow, OrganizationFollow, SubjectFollow
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
    "Announcement",
    "Answer",
    "DailyCount",
    "Dataset",
    "DatasetComment",
    "DatasetFollow",
    "DatasetQuerySet",
    "DatasetRating",
    "DatasetScore",
    "Enquiry",
    "EnquiryQuerySet",
    "OrganizationFollow",
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
    "SubjectFollow",
    "Term",
    "Upload",
    "Version",
]
