from typing import Any

from django.core.management.base import BaseCommand

from datasets.models import Term
from datasets.services.vocabularies import load_vocabularies


class Command(BaseCommand):
    help = "Bring the controlled vocabularies up to date with the files of datasets/vocabularies."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_vocabularies(term_model=Term)} terms are in place.")
