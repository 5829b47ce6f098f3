from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "onething.correspondence"
    label = "correspondence"
