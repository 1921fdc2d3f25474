from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "rasid.desk.review"
    label = "desk_review"
