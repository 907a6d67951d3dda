"""People and organizations for tests."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Invitation, Membership, Organization, PortalAppointment, User
from accounts.models.people import hash_of_token

PASSWORD = "correct horse battery staple"


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"org-{n}")
    title_en = factory.Sequence(lambda n: f"Department {n}")
    title_fr = factory.Sequence(lambda n: f"Ministère {n}")
    shortform_en = factory.Sequence(lambda n: f"DEP{n}")
    shortform_fr = factory.Sequence(lambda n: f"MIN{n}")


class UserFactory(DjangoModelFactory):
    """A person with a confirmed address, who logs in with `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    address = factory.RelatedFactory("tests.factories.accounts.EmailAddressFactory", factory_related_name="user")


class EmailAddressFactory(DjangoModelFactory):
    class Meta:
        model = EmailAddress

    user = factory.SubFactory(UserFactory, address=None)
    email = factory.SelfAttribute("user.email")
    verified = True
    primary = True


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = OrganizationRole.MEMBER


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = PortalAppointment

    user = factory.SubFactory(UserFactory, is_staff=True)
    role = PortalRole.ADMINISTRATOR


class InvitationFactory(DjangoModelFactory):
    """An open invitation; `token` is what its mail would hold."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    email = factory.Sequence(lambda n: f"invited-{n}@example.org")
    organization = factory.SubFactory(OrganizationFactory)
    role = OrganizationRole.EDITOR
    invited_by = factory.SubFactory(UserFactory)
    token_hash = factory.LazyAttribute(lambda invitation: hash_of_token(invitation.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
