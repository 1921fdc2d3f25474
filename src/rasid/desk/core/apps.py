from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "rasid.desk.core"
    label = "desk_core"
