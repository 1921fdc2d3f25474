from django.urls import path

from rasid.desk.map import views

urlpatterns = [
    path("map/", views.page, name="map"),
    path("map/cells.json", views.cells, name="map_cells"),
    path("map/inside/", views.inside, name="map_inside"),
    path("map/labels.json", views.labels, name="map_labels"),
]
