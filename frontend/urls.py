from django.urls import path

from frontend import catalogue, design, example_views, fixed_addresses, views

app_name = "frontend"
urlpatterns = [
    path("", views.home, name="home"),
    path("compatibility/", views.compatibility, name="compatibility"),
    path("technology/", views.technology, name="technology"),
    path("cors/", views.cors, name="cors"),
    path("language/catalogue.js", catalogue.show_catalogue, name="catalogue"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:slug>/", views.guide, name="guide"),
    path("design/", design.show_design, name="design"),
    path("robots.txt", fixed_addresses.robots, name="robots"),
    path("favicon.ico", fixed_addresses.favicon, name="favicon"),
    path("site.webmanifest", fixed_addresses.manifest, name="manifest"),
    path("examples/", example_views.example_list, name="examples"),
    path("examples/<slug:slug>/", example_views.example_detail, name="example"),
    path("sandbox/frame/", views.sandbox_frame, name="sandbox-frame"),
]
