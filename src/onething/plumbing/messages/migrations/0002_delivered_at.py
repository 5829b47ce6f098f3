from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outgoing", "0001_initial")]

    operations = [
        migrations.AddField(model_name="message", name="delivered_at", field=models.DateTimeField(null=True)),
    ]
