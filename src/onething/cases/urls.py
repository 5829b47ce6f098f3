from django.urls import path

from onething.cases import callback_desk, workbench
from onething.cases.portal import afterwards, filling, following, helping

app_name = "cases"
urlpatterns = [
    path("", following.matters, name="matters"),
    path("start/<uuid:release_id>/", filling.start, name="start"),
    path("forms/<uuid:draft_id>/", filling.resume, name="draft"),
    path("forms/<uuid:draft_id>/questions/", filling.question, name="question"),
    path("forms/<uuid:draft_id>/notice/", filling.notice, name="notice"),
    path("forms/<uuid:draft_id>/notice/document/", filling.notice_document, name="notice_document"),
    path("forms/<uuid:draft_id>/known/", filling.known, name="known"),
    path("forms/<uuid:draft_id>/steps/<int:number>/", filling.step, name="step"),
    path("forms/<uuid:draft_id>/papers/", filling.hand_in, name="papers"),
    path("forms/<uuid:draft_id>/check/", filling.check, name="check"),
    path("helping/", helping.helping, name="helping"),
    path("helping/code/", helping.code, name="helping_code"),
    path("helping/act/", helping.act, name="helping_act"),
    path("helpers/", helping.helpers, name="helpers"),
    path("helpers/end/", helping.end, name="helpers_end"),
    path("desk/helping/", helping.paper, name="helping_paper"),
    path("desk/", workbench.cases, name="desk"),
    path("desk/concerns/<uuid:concern_id>/take/", workbench.take_up, name="concern_take"),
    path("desk/concerns/<uuid:concern_id>/done/", workbench.finish, name="concern_done"),
    path("desk/calls/", callback_desk.calls, name="calls"),
    path("desk/calls/<uuid:case_id>/", callback_desk.record, name="call"),
    path("desk/<str:number>/", workbench.case, name="desk_case"),
    path("desk/<str:number>/person/", workbench.person, name="desk_person"),
    path("desk/<str:number>/events/", workbench.record_event, name="desk_event"),
    path("desk/<str:number>/slip/", workbench.ask_for_slip, name="desk_slip"),
    path("desk/<str:number>/slip/<uuid:proposal_id>/", workbench.decide_slip, name="desk_slip_decide"),
    path("receipts/<str:number>/", following.receipt, name="receipt"),
    path("<str:number>/", following.case, name="case"),
    path("<str:number>/rating/", afterwards.rating, name="rating"),
    path("<str:number>/objections/<str:matter>/", afterwards.objection, name="objection"),
    path("<str:number>/withdraw/", following.withdraw, name="withdraw"),
    path("<str:number>/papers/<str:material>/", following.later_paper, name="later_paper"),
    path("<str:number>/corrections/<uuid:correction_id>/", following.correction, name="correction"),
]
