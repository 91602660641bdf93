from django.urls import path

from frontend import catalogue, views

app_name = "frontend"
urlpatterns = [
    path("", views.home, name="home"),
    path("compatibility/", views.compatibility, name="compatibility"),
    path("cors/", views.cors, name="cors"),
    path("language/catalogue.js", catalogue.show_catalogue, name="catalogue"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:slug>/", views.guide, name="guide"),
    path("robots.txt", views.robots, name="robots"),
    path("sandbox/frame/", views.sandbox_frame, name="sandbox-frame"),
]
