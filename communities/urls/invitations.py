"""Where invitations lead, whatever they lead into."""

from django.urls import path

from ..views import invitations

urlpatterns = [
    path("", invitations.invitations, name="invitations"),
    path("<str:secret>/", invitations.invitation, name="invitation"),
]
