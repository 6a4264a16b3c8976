"""What concerns a person and all that they made."""

from django.urls import path

from ..views.erasing import erase_me
from ..views.exporting_me import export_me
from ..views.profile import profile

urlpatterns = [
    path("erase/", erase_me, name="account_erase"),
    path("export.json", export_me, name="account_export"),
    path("profile/", profile, name="account_profile"),
]
