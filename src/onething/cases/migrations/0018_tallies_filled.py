"""What lay in the piles before their counters were kept, counted once: whoever moves a row meanwhile waits a moment."""

from django.db import migrations

from onething.cases import tallying
from onething.plumbing import tallies


def fill(apps, schema_editor):
    for board in tallying.BOARDS:
        tallies.mend(board)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0017_tallies")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
