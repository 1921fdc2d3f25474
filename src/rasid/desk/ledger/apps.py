from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "rasid.desk.ledger"
    label = "desk_ledger"
