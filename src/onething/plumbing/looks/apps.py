from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "onething.plumbing.looks"
    label = "looks"
    default_auto_field = "django.db.models.BigAutoField"
