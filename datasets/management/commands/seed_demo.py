from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from datasets.demo import approvals, follows, people, records, removal, usage
from datasets.demo.content import Department, read_departments
from datasets.services.batches import Tally
from datasets.services.popularity import refresh_popularity
from datasets.services.publishers import Publishers
from opengov.search.indexing import apply_outbox


class Command(BaseCommand):
    help = (
        "Fill the portal with the demonstration: about 300 datasets of 12 departments in both languages, their files, counts of "
        "use, and an account for each role. Run again, it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="only say who can log in")
        parser.add_argument("--reset", action="store_true", help="remove what an earlier run made, and make it anew")
        parser.add_argument("--few", type=int, metavar="N", help="only the first N datasets of each department")
        parser.add_argument("--force", action="store_true", help="also on a portal that is served over HTTPS")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._tell_accounts()
            return
        if settings.HTTPS and not options["force"]:
            raise CommandError(
                "This portal is served over HTTPS, and the demonstration makes accounts whose password everybody knows. "
                "If that is wanted, say --force."
            )
        if options["reset"]:
            removal.remove()
        departments = read_departments()
        if options["few"]:
            departments = tuple(replace(each, entries=each.entries[: options["few"]]) for each in departments)
        organizations = {department.name: records.save_organization(department) for department in departments}
        accounts = people.save_people(organizations)
        tally = self._save_datasets(departments)
        now = timezone.now()
        follows.save_follows(now)
        cases = approvals.save_cases(organizations, now)
        usage.save_counts(departments, timezone.localdate(now))
        refresh_popularity(now)
        apply_outbox()
        self.stdout.write(
            f"{tally.created} datasets made, {tally.updated} changed, {tally.unchanged} as they were; "
            f"{cases} records on their way to the public; {accounts} accounts made."
        )

    def _save_datasets(self, departments: tuple[Department, ...]) -> Tally:
        publishers, whole = Publishers(), Tally()
        for department in departments:
            for entry in department.entries:
                tally = records.save_entry(department, entry, publishers)
                whole.created += tally.created
                whole.updated += tally.updated
                whole.unchanged += tally.unchanged
            self.stdout.write(f"  {department.title.en}")
        entries = [entry for department in departments for entry in department.entries]
        records.tie_up(entries, actor=User.objects.get(email=people.PUBLISHER))
        return whole

    def _tell_accounts(self) -> None:
        self.stdout.write(f"Log in with the password “{people.PASSWORD}” as:")
        address = max(len(person.email) for person in people.PEOPLE)
        role = max(len(person.role_label) for person in people.PEOPLE)
        for person in people.PEOPLE:
            columns = f"{person.email:<{address}}  {person.role_label:<{role}}"
            self.stdout.write(f"  {columns}  {person.name} ({person.language})")
