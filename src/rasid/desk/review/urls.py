from django.urls import path

from rasid.desk.review import restrict_views, views

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("queue/measure/", views.measured, name="measure"),
    path("queue/gold.jsonl", views.gold, name="gold"),
    path("pick/<str:what>.json", views.pick, name="pick"),
    path("claim/accept/<path:cid>/", views.accept, name="claim_accept"),
    path("claim/reject/<path:cid>/", views.reject, name="claim_reject"),
    path("claim/edit/<path:cid>/", views.edit, name="claim_edit"),
    path("report/add/<path:rid>/", views.add, name="claim_add"),
    path("report/undo/<path:rid>/", views.undo_last, name="undo_last"),
    path("report/assign/<path:rid>/", views.assign, name="assign"),
    path("report/finish/<path:rid>/", views.finish, name="finish"),
    path("report/original/<path:rid>/", views.original, name="original"),
    path("report/protect/<path:rid>/", views.protect, name="protect"),
    path("report/expunge/<path:rid>/", restrict_views.expunge, name="expunge"),
    path("restrict/<str:kind>/<path:record>/", restrict_views.restrict, name="restrict"),
    path("source/<str:code>/", views.open_source, name="open_source"),
    path("report/<path:rid>/", views.report, name="report"),
]
