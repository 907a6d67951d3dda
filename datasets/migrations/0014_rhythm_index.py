import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('datasets', '0013_attachments'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='dataset',
            index=models.Index(models.F('frequency'), django.db.models.functions.comparison.Coalesce('date_modified', 'date_published'), name='datasets_dataset_rhythm'),
        ),
    ]
