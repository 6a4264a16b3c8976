"""Letters to one person about their place in the program."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from .models import Cohort, User


def tell_of_place(user: User, cohort: Cohort) -> None:
    """That a place became free and is theirs now. No query."""
    if not user.is_active:
        return
    context = {"person": user, "cohort": cohort, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/letters/place.txt", context)
    subject = f"[{settings.SITE_NAME}] A place in {cohort.name} is yours"
    send_mail(" ".join(subject.split()), body, None, [user.email])
