from django.db import migrations, models


class Migration(migrations.Migration):
    """
    A column with a default in the database: who runs the older version goes on opening accounts.

    The model does not know of that default: Django would read it back, and the wall shows a new account to nobody yet.
    """

    dependencies = [("identity", "0002_second_factor_and_four_eyes")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE identity_account ADD COLUMN work_email varchar(254) NOT NULL DEFAULT ''",
            "ALTER TABLE identity_account DROP COLUMN work_email",
            state_operations=[
                migrations.AddField("account", "work_email", models.EmailField(blank=True, default="", max_length=254))
            ],
        )
    ]
