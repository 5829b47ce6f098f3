"""The desk's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from onething.exchange import bundledesk, connecting_desk, portboard, workbench

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("", workbench.desk, name="desk"),
    path("next/", workbench.next_one, name="next"),
    path("many/", bundledesk.preview, name="bundle"),
    path("many/done/", bundledesk.confirm, name="bundle_done"),
    path("ports/new/", connecting_desk.new, name="connect"),
    path("ports/", portboard.ports, name="ports"),
    path("ports/<uuid:port_id>/", portboard.port, name="port"),
    path("ports/<uuid:port_id>/routes/", portboard.routes, name="routes"),
    path("ports/<uuid:port_id>/replay/", portboard.replay, name="replay"),
    path("ports/<uuid:port_id>/settle/", portboard.settle, name="settle"),
    path("orders/<uuid:order_id>/trail/", portboard.trail, name="trail"),
    path("orders/<uuid:order_id>/urge/", portboard.urge, name="urge"),
    path("orders/<uuid:order_id>/supervise/", portboard.supervise, name="supervise"),
    path("stuck/", workbench.stuck, name="stuck"),
    path("orders/<uuid:order_id>/", workbench.order, name="order"),
    path("orders/<uuid:order_id>/noted/", workbench.note_withdrawal, name="note_withdrawal"),
    path("orders/<uuid:order_id>/hand-over/", workbench.hand_over, name="hand_over"),
    path("orders/<uuid:order_id>/again/", workbench.send_again, name="send_again"),
]
