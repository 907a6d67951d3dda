from django.db import migrations, models

import accounts.validators


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_activity_by_verb")]

    operations = [
        migrations.AlterField(
            "user",
            "display_name",
            models.CharField(
                blank=True, max_length=80, validators=[accounts.validators.validate_display_name], verbose_name="display name"
            ),
        ),
        migrations.AlterField(
            "user",
            "time_zone",
            models.CharField(
                default="America/Toronto",
                max_length=64,
                validators=[accounts.validators.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
    ]
