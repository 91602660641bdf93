from django.urls import path

from accounts import account_views, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="sign-in"),
    path("login/<slug:school_slug>/", views.sign_in, name="school-sign-in"),
    path("logout/", views.sign_out, name="sign-out"),
    path("password/", account_views.account, name="account"),
    path("password/sign-out-others/", account_views.sign_out_others, name="sign-out-others"),
]
