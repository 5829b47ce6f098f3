from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "onething.site"
    label = "site"
