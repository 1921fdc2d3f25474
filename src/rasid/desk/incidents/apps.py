from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "rasid.desk.incidents"
    label = "desk_incidents"
