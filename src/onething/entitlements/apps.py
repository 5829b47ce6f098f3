from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "onething.entitlements"
    label = "entitlements"
