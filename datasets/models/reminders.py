from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .datasets import Dataset


class Reminder(models.Model):
    """That somebody was told that a dataset is late: a person, or an address without an account.

    `updated_on` is the update that was the last one then: after another one the dataset may be late anew.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="reminders", verbose_name=_("dataset"))
    person = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person"))
    address = models.EmailField(_("e-mail"), blank=True)
    updated_on = models.DateField(_("last update"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "person"], condition=Q(person__isnull=False), name="datasets_reminder_one_per_person"
            ),
            models.UniqueConstraint(
                fields=["dataset", "address"], condition=Q(person=None), name="datasets_reminder_one_per_address"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | (Q(person=None) & ~Q(address="")),
                name="datasets_reminder_to_a_person_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.person or self.address}"
