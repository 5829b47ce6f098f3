from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from onething.exchange.states import State


class Migration(migrations.Migration):
    """Built beside a running worker. Until now a desk read every order of the house to find what it had given back."""

    atomic = False

    dependencies = [("exchange", "0011_tallies_filled")]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                fields=["organisation", "due", "id"],
                name="exchange_order_returned",
                condition=models.Q(("state", State.RETURNED)),
            ),
        ),
    ]
