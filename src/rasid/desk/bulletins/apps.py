from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "rasid.desk.bulletins"
    label = "desk_bulletins"
