from django.urls import path

from rasid.desk.core import log_views, views

urlpatterns = [
    path("first/<str:secret>/", views.first, name="first"),
    path("login/", views.login, name="login"),
    path("login/code/", views.second, name="second"),
    path("login/again/", views.reauth, name="reauth"),
    path("logout/", views.logout, name="logout"),
    path("account/", views.account, name="account"),
    path("account/second/", views.totp, name="totp"),
    path("account/second/off/", views.totp_off, name="totp_off"),
    path("account/second/codes/", views.codes_anew, name="codes_anew"),
    path("account/password/", views.password, name="password"),
    path("account/tokens/", views.token_new, name="token_new"),
    path("account/tokens/<int:pk>/end/", views.token_end, name="token_end"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/link/", views.person_link, name="person_link"),
    path("settings/", views.settings_page, name="settings"),
    path("log/", log_views.log, name="log"),
    path("log/verify/", log_views.verify, name="log_verify"),
]
