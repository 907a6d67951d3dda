"""What administrators of the portal may do in Django's administration."""

from typing import Any

from .rules import is_administrator

MODEL_ACTIONS = ("view_", "add_", "change_", "delete_")


class AdministratorBackend:
    """Administrators may see and change every model without being superusers (docs/adr/0006-administrators.md).

    It authenticates nobody and fetches nobody: it only answers for people who are there.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm.partition(".")[2].startswith(MODEL_ACTIONS) and user_obj.is_active and is_administrator(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return user_obj.is_active and is_administrator(user_obj)
