"""Who may do what with what people write and vote."""

import rules

from accounts.rules import is_administrator, is_moderator, is_portal_staff

rules.add_perm("engagement", is_portal_staff)
rules.add_perm("engagement.moderate", is_administrator | is_moderator)
for shown in ("voteevent", "chainseal", "proof", "humancheck", "trailremoval", "invalidation", "report"):
    rules.add_perm(f"engagement.view_{shown}", is_administrator | is_moderator)
for action in ("view", "add", "change", "delete"):
    rules.add_perm(f"engagement.{action}_trustednetwork", is_administrator | is_moderator)
