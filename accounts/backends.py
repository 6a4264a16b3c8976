from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class Backend(AuthenticationBackend):
    """allauth's sign-in. The person of a request comes with `unread_notices`, for its header."""

    def get_user(self, user_id):
        person = User.objects.with_unread().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
