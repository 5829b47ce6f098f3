from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("account_id", models.UUIDField(primary_key=True, serialize=False)),
                ("care", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("care__lte", 3)), name="preference_care_is_a_size")
                ]
            },
        ),
    ]
