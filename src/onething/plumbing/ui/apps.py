from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    name = "onething.plumbing.ui"
    label = "ui"

    def ready(self) -> None:
        """Load every module's panels."""
        autodiscover_modules("panels")
