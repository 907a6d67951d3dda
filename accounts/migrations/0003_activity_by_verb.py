from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_hash_invitation_tokens")]

    operations = [
        migrations.AddIndex("activity", models.Index(fields=["verb", "-at"], name="accounts_activity_verb")),
    ]
