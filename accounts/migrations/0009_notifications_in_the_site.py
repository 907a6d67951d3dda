import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

PACES = [("at_once", "At once"), ("daily", "One mail a day"), ("weekly", "One mail a week"), ("off", "No mail")]


class Migration(migrations.Migration):
    """What waited for a digest is kept from now on, and shown on a page."""

    dependencies = [("accounts", "0008_notifications")]

    operations = [
        migrations.RemoveConstraint("Notice", "accounts_notice_waits_for_a_digest"),
        migrations.RemoveIndex("Notice", "accounts_notice_digest"),
        migrations.RenameModel("Notice", "Notification"),
        migrations.RenameField("Notification", "pace", "digest"),
        migrations.AlterModelOptions(
            "Notification",
            {"ordering": ("-at", "-id"), "verbose_name": "notification", "verbose_name_plural": "notifications"},
        ),
        migrations.AlterField(
            "Notification",
            "digest",
            models.CharField(blank=True, choices=PACES, max_length=10, verbose_name="waits for"),
        ),
        migrations.AlterField(
            "Notification",
            "person",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            "Notification", "event", models.CharField(blank=True, default="", max_length=120, verbose_name="event"), False
        ),
        migrations.AddField("Notification", "read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
        migrations.AddConstraint(
            "Notification",
            models.CheckConstraint(
                condition=Q(digest__in=("", "daily", "weekly")), name="accounts_notification_waits_for_a_digest"
            ),
        ),
        migrations.AddConstraint(
            "Notification",
            models.UniqueConstraint(
                fields=["person", "event"], condition=~Q(event=""), name="accounts_notification_once_an_event"
            ),
        ),
        migrations.AddIndex(
            "Notification",
            models.Index(fields=["digest", "person"], condition=~Q(digest=""), name="accounts_notification_digest"),
        ),
        migrations.AddIndex("Notification", models.Index(fields=["person", "-at", "-id"], name="accounts_notification_page")),
        migrations.AddIndex(
            "Notification", models.Index(fields=["person"], condition=Q(read_at=None), name="accounts_notification_unread")
        ),
        migrations.AddIndex("Notification", models.Index(fields=["at"], name="accounts_notification_age")),
    ]
