from django.urls import path

from onething.desks.webhooks import workbench

app_name = "webhooks"
urlpatterns = [
    path("", workbench.programs, name="programs"),
    path("<uuid:subscription_id>/", workbench.program, name="program"),
    path("<uuid:subscription_id>/switch/", workbench.switch, name="switch"),
    path("<uuid:subscription_id>/<uuid:delivery_id>/again/", workbench.again, name="again"),
]
