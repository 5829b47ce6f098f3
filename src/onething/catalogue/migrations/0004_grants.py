from django.db import migrations, models


class Migration(migrations.Migration):
    """One more kind of pack; the column stays as it is."""

    dependencies = [("catalogue", "0003_drafts")]

    operations = [
        migrations.AlterField(
            "release",
            "kind",
            models.CharField(
                choices=[("matters", "Matters"), ("entitlements", "Entitlements"), ("grants", "Grants")],
                db_default="matters",
                default="matters",
                max_length=12,
            ),
        )
    ]
