"""Where letters, documents and the public check of a slip are found."""

from django.urls import path

from onething.correspondence import portal, workbench

app_name = "correspondence"
urlpatterns = [
    path("letters/", portal.inbox, name="inbox"),
    path("letters/failed/", workbench.failed, name="failed"),
    path("letters/ways/", portal.ways, name="ways"),
    path("letters/<uuid:notice_id>", portal.letter, name="letter"),
    path("documents/<uuid:document_id>", portal.document, name="document"),
    path("documents/results/<uuid:enclosure_id>", portal.enclosure, name="enclosure"),
    path("slip/", portal.find_slip, name="find_slip"),
    path("slip/root.crt", portal.root_certificate, name="root_certificate"),
    path("slip/<str:number>", portal.slip, name="slip"),
]
