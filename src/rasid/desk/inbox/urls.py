from django.urls import path

from rasid.desk.inbox import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/paste/", views.paste, name="paste"),
    path("inbox/files/", views.upload, name="upload"),
    path("inbox/address/", views.address, name="address"),
    path("inbox/feeds/", views.feed_new, name="feed_new"),
    path("inbox/feeds/<int:pk>/", views.feed_switch, name="feed_switch"),
    path("inbox/jobs.json", views.jobs, name="jobs"),
    path("inbox/jobs/", views.jobs_part, name="jobs_part"),
]
