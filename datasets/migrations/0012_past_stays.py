from datetime import datetime

from django.db import migrations


def remember(apps, schema_editor):
    """The stays that ended before they were kept, from the recorded moves of each revision."""
    Activity, Revision, Stay = apps.get_model("accounts", "Activity"), apps.get_model("datasets", "Revision"), apps.get_model("datasets", "Stay")
    moves = Activity.objects.filter(target_type="datasets.dataset", verb__startswith="revision.", details__has_key="since")
    for move in moves.order_by("at").iterator(chunk_size=1_000):
        revision = Revision.objects.filter(dataset=move.target_id, opened_at__lte=move.at).order_by("-opened_at").first()
        since = datetime.fromisoformat(move.details["since"])
        if revision is not None:
            Stay.objects.create(revision=revision, state=move.details["from"], since=since, until=max(since, move.at))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_delegations'),
        ('datasets', '0011_stays'),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
