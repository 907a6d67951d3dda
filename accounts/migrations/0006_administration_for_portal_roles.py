from django.db import migrations


def open_to_portal_roles(apps, schema_editor):
    """The administration opens to every portal role; it shows each what is theirs."""
    apps.get_model("accounts", "User").objects.filter(appointments__isnull=False).update(is_staff=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_one_waiting_invitation")]
    operations = [migrations.RunPython(open_to_portal_roles, migrations.RunPython.noop)]
