from django.urls import path

from rasid.desk.incidents import export_views
from rasid.desk.ledger import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger.json", views.ledger_json, name="ledger_json"),
    path("ledger.<str:suffix>", export_views.direct, {"what": "commitments"}, name="ledger_export"),
    path("ledger/limits/", views.limit_add, name="limit_add"),
    path("ledger/limits/<int:pk>/drop/", views.limit_drop, name="limit_drop"),
    path("p/<str:pid>/", views.commitment, name="commitment"),
    path("p/<str:pid>/judge/", views.judge, name="judge"),
    path("p/<str:pid>/merge/", views.merge, name="commitment_merge"),
    path("p/<str:pid>/propose/", views.propose, name="commitment_propose"),
]
