from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from datasets.services.reminders import remind


class Command(BaseCommand):
    help = "Mail those who answer for public datasets that are late, unless they were told of it lately. It runs daily, too."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Mails sent: {remind(now=timezone.now())}.")
