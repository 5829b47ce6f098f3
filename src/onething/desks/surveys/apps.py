from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "onething.desks.surveys"
    label = "surveys"
