"""Who may do what in the catalogue."""

import rules

from accounts.rules import is_administrator, is_moderator, is_publisher

# Twin: `EnquiryQuerySet.visible_to`
rules.add_perm("datasets.answer_enquiries", is_administrator | is_moderator | is_publisher)
