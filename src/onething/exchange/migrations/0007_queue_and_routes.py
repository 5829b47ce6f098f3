import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who at a desk has an order; which post gets which matter."""

    dependencies = [("exchange", "0006_withdrawals")]

    operations = [
        migrations.AddField(model_name="order", name="post_id", field=models.UUIDField(null=True)),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(max_length=80)),
                ("post_id", models.UUIDField()),
                ("set_at", models.DateTimeField()),
                (
                    "port",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="exchange.department",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("port", "matter"), name="exchange_route_once")],
            },
        ),
    ]
