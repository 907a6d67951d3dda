from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from datasets.services.popularity import refresh_popularity


class Command(BaseCommand):
    help = "Set each dataset's popularity anew from the views and downloads of the last 90 days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refresh_popularity(timezone.now())} datasets changed.")
