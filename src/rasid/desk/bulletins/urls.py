from django.urls import path

from rasid.desk.bulletins import views

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/build/", views.build, name="bulletin_build"),
    path("bulletins/<slug:slug>/", views.bulletin, name="bulletin"),
    path("bulletins/<slug:slug>/page/", views.preview, name="bulletin_page"),
    path("bulletins/<slug:slug>.<str:form>", views.file, name="bulletin_file"),
    path("bulletins/<slug:slug>/publish/", views.publish, name="bulletin_publish"),
    path("bulletins/<slug:slug>/verify/", views.verify, name="bulletin_verify"),
]
