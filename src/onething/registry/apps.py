from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistryConfig(AppConfig):
    name = "onething.registry"
    label = "registry"

    def ready(self) -> None:
        """Load what every module hands out of a person's data."""
        autodiscover_modules("exporting")
