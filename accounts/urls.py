from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.details, name="account_details"),
    path("letters/", views.letters, name="account_letters"),
    path("", include("allauth.urls")),
]
