from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from ..enums import InvitationKind, InvitationState


class UserManager(BaseUserManager):
    def with_unread(self):
        """People with `unread_notices`: how many notices they have not opened. In one query."""
        unread = Notice.objects.filter(user=models.OuterRef("pk"), read_at=None)
        counted = unread.order_by().values("user").annotate(n=models.Count("pk")).values("n")
        number = models.Subquery(counted, output_field=models.IntegerField())
        return self.annotate(unread_notices=Coalesce(number, 0))

    def create_user(self, email, password=None, **fields):
        """A member who signs in with `email`, kept in lower case. No password: none can sign in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. The name may be any name: nobody has to give their real one."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=80, help_text="As it should stand beside your designs.")
    is_staff = models.BooleanField(
        "staff", default=False, help_text="Reviews submissions and keeps the vocabulary."
    )
    is_active = models.BooleanField("active", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # Versions made then still say them: for whoever is erased they are looked for as well.
    former_names = models.JSONField(default=list, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email_address"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class Cohort(models.Model):
    """A term of the program."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    capacity = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    people = models.ManyToManyField(User, through="Enrolment", related_name="cohorts")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name


class Enrolment(models.Model):
    """One person's place in one cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="enrolled_once_per_cohort"),
        ]

    def __str__(self):
        return f"{self.user} in {self.cohort}"


class Waiting(models.Model):
    """Somebody's turn in the line for a cohort whose places are all taken; the first came first."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="waiting")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="waiting")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="waits_once_per_cohort"),
        ]

    def __str__(self):
        return f"{self.user} waits for {self.cohort}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that somebody could still accept; agrees with Invitation.state."""
        now = timezone.now()
        return self.filter(revoked_at=None, expires_at__gt=now, uses_left__gt=0)

    def mark_sent(self) -> None:
        self.update(sent_at=timezone.now())


class Invitation(models.Model):
    """An offer to join something. Whoever has the secret sees it; joining is a step of its own.

    `kind` says what it leads into: a cohort is named here, anything else where it is made.
    """

    kind = models.CharField(max_length=20, choices=InvitationKind)
    # accounts.tokens.digest_of; the secret itself is nowhere.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField("sent to", blank=True, help_text="Only this address may accept it.")
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField("letter sent", null=True)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True)
    accepted_by = models.ManyToManyField(User, through="Acceptance", related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=InvitationKind.COHORT, cohort__isnull=False)
                | (~models.Q(kind=InvitationKind.COHORT) & models.Q(cohort=None)),
                name="invitation_to_a_cohort_names_it",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, until {self.expires_at:%Y-%m-%d}"

    @property
    def state(self) -> InvitationState:
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        if not self.uses_left:
            return InvitationState.USED
        is_over = self.expires_at <= timezone.now()
        return InvitationState.EXPIRED if is_over else InvitationState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state is InvitationState.OPEN

    def is_for(self, user) -> bool:
        """Whether this person's address may accept it."""
        return not self.email or user.email.lower() == self.email

    @property
    def masked_email(self) -> str:
        """Enough for its owner to know it again: “m…@example.org”."""
        name, _, host = self.email.partition("@")
        return f"{name[:1]}…@{host}"


class Acceptance(models.Model):
    """Who accepted an invitation, and when."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="acceptances")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "user"], name="accepted_once_each"),
        ]

    def __str__(self):
        return f"{self.user}: {self.invitation}"


class Suspension(models.Model):
    """Why an account is closed, until when, and who decided. One at most is open for each person.

    While it is, `User.is_active` is false: nobody signs in with the account, and its sessions end.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suspensions")
    reason = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    lift_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(lifted_at=None),
                name="one_open_suspension_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.user}, since {self.created_at:%Y-%m-%d}"


class Notice(models.Model):
    """One thing that one person is told: on the site always, and by letter if they want it.

    `key` says what it is about: the same person is told the same thing once. `letter` is what is
    still to be sent; it is emptied when it is on its way, or when it is not wanted.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, help_text="One of accounts.notices.KINDS.")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, help_text="What somebody wrote, to be quoted.")
    path = models.CharField(max_length=300, help_text="Where to go: an address of this site.")
    letter = models.TextField(blank=True)
    letter_due_at = models.DateTimeField(null=True)
    letter_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(
                fields=["letter_due_at"],
                condition=~models.Q(letter=""),
                name="letters_to_send",
            ),
            models.Index(
                fields=["user"], condition=models.Q(read_at=None), name="unread_notices_of"
            ),
        ]

    def __str__(self):
        return self.title


class UnwantedLetters(models.Model):
    """Somebody wants no letters of this kind. What they are told on the site stays."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unwanted_letters")
    kind = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="unwanted_once"),
        ]

    def __str__(self):
        return f"{self.user}: no {self.kind}"
