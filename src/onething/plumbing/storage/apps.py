from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "onething.plumbing.storage"
    label = "storage"
