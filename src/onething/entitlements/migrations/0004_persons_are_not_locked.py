"""What sweeps keep about a person no longer locks the person: a foreign key would, at every commit of a portion."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0003_comparisons'),
        ('registry', '0004_data_exports'),
    ]

    operations = [
        migrations.AlterField(
            model_name='basis',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.person'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.person'),
        ),
    ]
