from django.utils import timezone

from .models import Cohort


def running_cohorts():
    """Cohorts whose first and last day enclose today, the newest first."""
    today = timezone.localdate()
    return Cohort.objects.filter(starts_on__lte=today, ends_on__gte=today)


def cohorts_of(user):
    return Cohort.objects.filter(people=user)
