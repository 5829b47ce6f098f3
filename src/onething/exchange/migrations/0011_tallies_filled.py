"""What waited at the desks before it was counted as it moves, counted once."""

from django.db import migrations

from onething.exchange import tallying
from onething.plumbing import tallies


def fill(apps, schema_editor):
    for board in tallying.BOARDS:
        tallies.mend(board)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("exchange", "0010_tallies")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
