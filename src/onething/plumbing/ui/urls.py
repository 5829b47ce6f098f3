from django.urls import path

from onething.plumbing.ui import portal

app_name = "ui"
urlpatterns = [
    path("care/", portal.care, name="care"),
    path("language/", portal.language, name="language"),
]
