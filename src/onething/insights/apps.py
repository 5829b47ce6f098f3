from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "onething.insights"
    label = "insights"
