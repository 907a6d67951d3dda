from django.db import migrations

from datasets.services.vocabularies import load_vocabularies


def load(apps, schema_editor):
    load_vocabularies(term_model=apps.get_model("datasets", "Term"))


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_catalogue")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
