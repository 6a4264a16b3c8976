"""Who still signs in with one step alone."""

from allauth.mfa.models import Authenticator

from .roles import is_staff

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user) -> bool:
    """Whether this is staff without an authenticator app or passkey. One query for staff."""
    if not is_staff(user):
        return False
    return not Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
