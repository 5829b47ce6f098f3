from django.urls import path

from onething.desks.appointments.portal import booking, hall
from onething.desks.appointments.workbench import counters, halls, tides

app_name = "appointments"
urlpatterns = [
    path("halls/", halls.halls, name="halls"),
    path("halls/new/<str:code>/", halls.open_hall, name="open_hall"),
    path("halls/<uuid:hall_id>/", halls.day, name="day"),
    path("halls/<uuid:hall_id>/settings/", halls.settings, name="settings"),
    path("halls/<uuid:hall_id>/close/", halls.close_day, name="close_day"),
    path("halls/<uuid:hall_id>/reopen/", halls.reopen_day, name="reopen_day"),
    path("halls/<uuid:hall_id>/visits/<uuid:appointment_id>/", halls.record, name="record"),
    path("halls/<uuid:hall_id>/counter/", counters.counter, name="counter"),
    path("halls/<uuid:hall_id>/counter/next/", counters.call_next, name="call_next"),
    path("halls/<uuid:hall_id>/counter/draw/", counters.draw, name="draw"),
    path("halls/<uuid:hall_id>/counter/<uuid:ticket_id>/", counters.change, name="change_ticket"),
    path("halls/<uuid:hall_id>/tide/", tides.tide, name="tide"),
    path("halls/<uuid:hall_id>/displays/", halls.withdraw_displays, name="withdraw_displays"),
    path("hall/<uuid:hall_id>/<str:key>/screen/", hall.screen, name="screen"),
    path("hall/<uuid:hall_id>/<str:key>/entrance/", hall.entrance, name="entrance"),
    path("tickets/<str:code>/", hall.ticket, name="ticket"),
    path("for/<str:number>/<str:station>/", halls.book_for, name="book_for"),
    path("for/<str:number>/<str:station>/cancel/", halls.cancel_for, name="cancel_for"),
    path("offers/<uuid:wait_id>/", booking.offer, name="offer"),
    path("of/<str:number>/<str:station>/", booking.choose, name="choose"),
    path("of/<str:number>/<str:station>/cancel/", booking.cancel, name="cancel"),
    path("of/<str:number>/<str:station>/earlier/", booking.wait, name="wait"),
    path("of/<str:number>/<str:station>/calendar.ics", booking.calendar_file, name="calendar_file"),
]
