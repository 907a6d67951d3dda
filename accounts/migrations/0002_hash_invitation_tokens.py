import hashlib

from django.db import migrations, models


def hash_tokens(apps, schema_editor):
    """Turn the tokens into their hashes where they stand. Backwards they stay hashes: tokens that no mail holds."""
    Invitation = apps.get_model("accounts", "Invitation")
    for invitation in Invitation.objects.iterator():
        invitation.token_hash = hashlib.sha256(invitation.token_hash.encode()).hexdigest()
        invitation.save(update_fields=["token_hash"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_organizations")]

    operations = [
        migrations.RenameField("invitation", "token", "token_hash"),
        migrations.AlterField(
            "invitation",
            "token_hash",
            models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the token"),
        ),
        migrations.RunPython(hash_tokens, migrations.RunPython.noop, elidable=True),
    ]
