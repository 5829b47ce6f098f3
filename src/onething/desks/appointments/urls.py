from django.urls import path

from onething.desks.appointments import workbench
from onething.desks.appointments.portal import booking

app_name = "appointments"
urlpatterns = [
    path("halls/", workbench.halls, name="halls"),
    path("halls/new/<str:code>/", workbench.open_hall, name="open_hall"),
    path("halls/<uuid:hall_id>/", workbench.day, name="day"),
    path("halls/<uuid:hall_id>/settings/", workbench.settings, name="settings"),
    path("halls/<uuid:hall_id>/close/", workbench.close_day, name="close_day"),
    path("halls/<uuid:hall_id>/reopen/", workbench.reopen_day, name="reopen_day"),
    path("halls/<uuid:hall_id>/visits/<uuid:appointment_id>/", workbench.record, name="record"),
    path("for/<str:number>/<str:station>/", workbench.book_for, name="book_for"),
    path("for/<str:number>/<str:station>/cancel/", workbench.cancel_for, name="cancel_for"),
    path("offers/<uuid:wait_id>/", booking.offer, name="offer"),
    path("of/<str:number>/<str:station>/", booking.choose, name="choose"),
    path("of/<str:number>/<str:station>/cancel/", booking.cancel, name="cancel"),
    path("of/<str:number>/<str:station>/earlier/", booking.wait, name="wait"),
    path("of/<str:number>/<str:station>/calendar.ics", booking.calendar_file, name="calendar_file"),
]
