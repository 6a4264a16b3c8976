from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.details, name="account_details"),
    path("", include("allauth.urls")),
]
