from django.conf import settings
from django.db import models
from django.utils import timezone


class ProfileQuerySet(models.QuerySet):
    def shown(self):
        """Those that everybody may read; agrees with Profile.is_shown."""
        return self.filter(
            is_public=True,
            is_hidden=False,
            said_of_age_at__isnull=False,
            user__is_active=True,
        )


class Profile(models.Model):
    """What a member says of themselves at an address of their own. Off until they switch it on.

    Nobody's age is known here: a profile is shown only once its owner has said that they are 18
    or older. `is_hidden` is for staff, and until they decide about a report.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    handle = models.SlugField(max_length=30, unique=True)
    pronouns = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    said_of_age_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(said_of_age_at__isnull=False),
                name="public_profile_is_of_an_adult",
            ),
        ]

    def __str__(self):
        return self.handle

    @property
    def is_shown(self) -> bool:
        is_open = self.is_public and not self.is_hidden and self.said_of_age_at is not None
        return is_open and self.user.is_active


class TakenHandle(models.Model):
    """A handle that somebody had: nobody else gets it. Kept as a keyed digest, which tells no name.

    `user` may have it back; it is empty once they are erased.
    """

    digest = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self):
        return self.digest
