from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "onething.desks.webhooks"
    label = "webhooks"
