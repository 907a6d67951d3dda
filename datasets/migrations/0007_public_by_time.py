from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datasets", "0006_published_with_a_hash")]

    operations = [
        migrations.RemoveIndex(model_name="dataset", name="datasets_dataset_public"),
        migrations.AddIndex(
            model_name="dataset", index=models.Index(fields=["visible_from", "state"], name="datasets_dataset_public")
        ),
    ]
