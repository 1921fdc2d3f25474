from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "rasid.desk.public"
    label = "desk_public"
