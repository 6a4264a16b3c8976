from django.urls import path

from . import views

urlpatterns = [
    path("designs/", views.designs, name="api_designs"),
    path("designs/<slug:slug>/", views.design, name="api_design"),
    path("insights/", views.insights, name="api_insights"),
    path("openapi.json", views.openapi, name="api_openapi"),
]
