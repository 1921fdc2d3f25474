from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "rasid.desk.inbox"
    label = "desk_inbox"
