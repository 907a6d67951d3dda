"""Lead records through the gates, by the services that people use."""

from django.utils import timezone

from accounts.enums import OrganizationRole, PortalRole
from datasets.enums import Criterion, Decision
from datasets.models import Revision
from datasets.services import gates, reviews, revisions
from tests.factories.accounts import AppointmentFactory, MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory


def people_of(department):
    """Somebody for each role, by name; and a publisher of the portal."""
    found = {role.value: MembershipFactory(organization=department, role=role).user for role in OrganizationRole}
    return found | {"publisher": AppointmentFactory(role=PortalRole.PUBLISHER).user}


def begun(people, *, department=None, resources=1, **columns):
    """The revision of a new record, as its editor wrote it."""
    department = department or people["editor"].memberships.get().organization
    dataset = DatasetFactory.build(owner_org=department, **columns)
    rows = ResourceFactory.build_batch(resources)
    return revisions.open_record(dataset=dataset, actor=people["editor"], now=timezone.now(), resources=rows)


def submitted(revision, people):
    return gates.submit(revision=revision, actor=people["editor"], now=timezone.now())


def answered(revision, people, decision=Decision.MET, note=""):
    """With an answer to every criterion."""
    said = {"said": reviews.Given(decision, note), "actor": people["reviewer"], "now": timezone.now()}
    for criterion in Criterion:
        reviews.answer(revision=revision, criterion=criterion, **said)
    return revision


def reviewed(revision, people):
    revision = answered(submitted(revision, people), people)
    return reviews.pass_review(revision=revision, actor=people["reviewer"], now=timezone.now())


def signed(revision, people):
    revision, now = reviewed(revision, people), timezone.now()
    said = gates.Communication("Solange Arsenault", "Chief Information Officer", now.date(), "I approve.")
    gates.sign(revision=revision, content=revision.content_hash, communication=said, actor=people["imso"], now=now)
    return Revision.objects.get(pk=revision.pk)


def released(revision, people, **options):
    revision = signed(revision, people)
    return gates.release(revision=revision, actor=people["publisher"], now=timezone.now(), **options)


def released_dataset(people=None, **columns):
    """A record that is public after all three gates."""
    people = people or people_of(OrganizationFactory())
    return released(begun(people, **columns), people).dataset
