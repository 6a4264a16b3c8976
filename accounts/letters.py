"""What one person is told about their place in the program."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from .models import Enrolment
from .notices import Kind, register, tell

PLACES = "places"

register(Kind(PLACES, "Places", "When a place in a cohort becomes free that you wait for."))


def tell_of_place(enrolment: Enrolment) -> None:
    """That a place became free and is theirs now. 1 query."""
    user, cohort = enrolment.user, enrolment.cohort
    if not user.is_active:
        return
    choices = f"{settings.SITE_URL}{reverse('account_letters')}"
    context = {"person": user, "cohort": cohort, "site_name": settings.SITE_NAME}
    tell(
        [user],
        kind=PLACES,
        key=f"place {enrolment.pk}",
        title=f"A place in {cohort.name} is yours",
        path=reverse("account_details"),
        letter=render_to_string("accounts/letters/place.txt", {**context, "choices": choices}),
    )
