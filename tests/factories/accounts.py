"""People and organizations for tests."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Delegation, Invitation, Membership, Organization, PortalAppointment, User
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


class DelegationFactory(DjangoModelFactory):
    """In force this week: the official is one, and the delegate is a member of the organization; not with `roles=False`."""

    class Meta:
        model = Delegation
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    delegator = factory.SubFactory(UserFactory)
    delegate = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=6))

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        if extracted is False:
            return
        for user, role in ((self.delegator, OrganizationRole.IMSO), (self.delegate, OrganizationRole.MEMBER)):
            Membership.objects.get_or_create(user=user, organization=self.organization, role=role)


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
