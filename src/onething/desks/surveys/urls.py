from django.urls import path

from onething.desks.surveys import portal, workbench

app_name = "surveys"
urlpatterns = [
    path("", workbench.surveys, name="surveys"),
    path("new/", workbench.new, name="new"),
    path("type/", workbench.find, name="find"),
    path("type/<str:code>/", workbench.type_in, name="type_in"),
    path("answers/<uuid:answer_id>/", workbench.wish, name="wish"),
    path("work/<uuid:followup_id>/", workbench.done, name="done"),
    path("a/<str:code>/", portal.answer, name="answer"),
    path("<uuid:survey_id>/", workbench.survey, name="survey"),
    path("<uuid:survey_id>/edit/", workbench.edit, name="edit"),
    path("<uuid:survey_id>/send/", workbench.send, name="send"),
    path("<uuid:survey_id>/close/", workbench.close, name="close"),
    path("<uuid:survey_id>/paper/", workbench.paper, name="paper"),
    path("<uuid:survey_id>/results/", workbench.results, name="results"),
    path("<uuid:survey_id>/wishes/", workbench.wishes, name="wishes"),
]
