from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "rasid.desk.api"
    label = "desk_api"
