from django.urls import path

from rasid.desk.bulletins import views as bulletins
from rasid.desk.public import feeds, views

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/<str:record>/", views.incident, name="incident"),
    path("incidents/<str:record>.json", views.incident_json, name="incident_json"),
    path("pledges/", views.pledges, name="pledges"),
    path("pledges/<str:record>/", views.pledge, name="pledge"),
    path("bulletins/", bulletins.public_list, name="bulletins"),
    path("bulletins/<slug:slug>/", bulletins.public_one, name="bulletin"),
    path("bulletins/<slug:slug>.<str:form>", bulletins.public_file, name="bulletin_file"),
    path("correct/<str:subject>/", views.correct, name="correct"),
    path("corrections/", views.corrections, name="corrections"),
    path("feeds/bulletins.rss", feeds.Bulletins(), name="bulletins_rss"),
    path("feeds/bulletins.atom", feeds.atom(feeds.Bulletins)(), name="bulletins_atom"),
    path("feeds/incidents.rss", feeds.Incidents(), name="incidents_rss"),
    path("feeds/incidents.atom", feeds.atom(feeds.Incidents)(), name="incidents_atom"),
    path("feeds/corrections.rss", feeds.Corrections(), name="corrections_rss"),
    path("feeds/corrections.atom", feeds.atom(feeds.Corrections)(), name="corrections_atom"),
]
