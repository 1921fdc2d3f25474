from django.urls import path

from rasid.desk.incidents import export_views, views

urlpatterns = [
    path("desk/", views.overview, name="overview"),
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/days/", views.days, name="incidents_days"),
    path("incidents/facet/<str:name>/", views.facet, name="facet"),
    path("incidents.json", views.incidents_json, name="incidents_json"),
    path("incidents.<str:suffix>", export_views.direct, {"what": "incidents"}, name="incidents_export"),
    path("search/", views.search, name="search"),
    path("searches/", views.search_save, name="search_save"),
    path("searches/<int:pk>/drop/", views.search_drop, name="search_drop"),
    path("exports/", export_views.exports, name="exports"),
    path("exports/ask/", export_views.ask, name="export_ask"),
    path("exports/<int:pk>/decide/", export_views.decide, name="export_decide"),
    path("exports/<int:pk>/file/", export_views.download, name="export_file"),
    path("action/<int:aid>/", views.diff, name="action"),
    path("action/<int:aid>/undo/", views.undo, name="undo"),
    path("proposal/<int:pk>/", views.decide, name="proposal_decide"),
    path("unpublish/<str:kind>/<str:record>/", views.unpublish, name="unpublish"),
    path("i/<str:rid>/", views.incident, name="incident"),
    path("i/<str:rid>/alike/", views.look_alikes, name="look_alikes"),
    path("i/<str:rid>/merge/", views.merge, name="merge"),
    path("i/<str:rid>/split/", views.split, name="split"),
    path("i/<str:rid>/grade/", views.grade, name="grade"),
    path("i/<str:rid>/propose/", views.propose, name="propose"),
]
