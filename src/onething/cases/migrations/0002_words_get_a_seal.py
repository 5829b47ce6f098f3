"""Room for the sealed words of departments; a worker of the release before still runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField("task", "said", models.BinaryField(null=True)),
        migrations.AddField("task", "cause", models.TextField(default="", db_default="")),
        migrations.AddField("correction", "sealed_words", models.BinaryField(null=True)),
    ]
