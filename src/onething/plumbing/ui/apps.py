from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "onething.plumbing.ui"
    label = "ui"
