from django.apps import AppConfig


class MapConfig(AppConfig):
    name = "rasid.desk.map"
    label = "desk_map"
