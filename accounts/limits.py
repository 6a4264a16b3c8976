"""How often one person, or one address, may try what strangers could guess at."""

from allauth.core.internal.ratelimit import consume
from django.shortcuts import render

# For a person who is signed in; a school shares one address, so that one is wide.
LIMITS = {
    "invitation_miss": ("10/10m/key", "100/10m/ip"),
    "invitation_join": ("30/10m/key", "300/10m/ip"),
    "invite": ("20/10m/key", "200/10m/ip"),
}


def is_within(request, action: str, *, count: bool = True) -> bool:
    """Whether this request may still do `action`; with `count` it is one more of them."""
    own, shared = LIMITS[action]
    rates = f"{own},{shared}" if request.user.is_authenticated else shared
    return bool(
        consume(
            request,
            app="accounts",
            action=action,
            config={action: rates},
            key=str(request.user.pk),
            dry_run=not count,
            limit_get=True,
        )
    )


def too_many(request):
    return render(request, "429.html", status=429)
