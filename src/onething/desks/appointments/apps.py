from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "onething.desks.appointments"
    label = "appointments"
