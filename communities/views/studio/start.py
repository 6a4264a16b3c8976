from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from accounts.limits import is_within

from ...enums import TeamRole
from ...forms.choices import MAX_VALUES
from ...forms.start import StartForm
from ...models import Community
from ...services.starting import start_community
from ...snapshot import Snapshot
from .answers import is_sent, returned, saved
from .guard import form_data, studio_view
from .inviting import NOT_SENT, invite_by_letter

DAYS_TO_JOIN = 14


@dataclass(frozen=True)
class StartPage:
    """`parent` is the published design to build on; `is_unknown` when none has that address."""

    form: StartForm
    parent: Snapshot | None
    is_unknown: bool


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def start(request: HttpRequest):
    """A second click on the same form leads to the design that the first one made."""
    data = form_data(request)
    asked = (data or request.GET).get("builds_on", "")
    parent = _published(asked)
    snapshot = Snapshot.from_json(parent.published_version.snapshot) if parent else None
    form = StartForm(data, initial=_from_parent(asked, snapshot))
    if is_sent(request, form):
        made = start_community(by=request.user, key=form.once, parent=parent, **form.details)
        text = f"“{made.title}” has begun. Only you and the reviewers can see it."
        _invite(request, made, form.cleaned_data["teammates"])
        return saved(request, form, "studio_community", made.slug, text=text)
    page = StartPage(form=form, parent=snapshot, is_unknown=bool(asked and not parent))
    return returned(request, "communities/studio/start.html", {"page": page}, form)


def _invite(request: HttpRequest, made: Community, addresses: list[str]) -> None:
    """Letters to the teammates named; the design has begun, whatever becomes of them."""
    if not addresses:
        return
    if not is_within(request, "invite"):
        messages.warning(request, "Nobody was invited: too many letters just now. Try it later.")
        return
    invited, is_sent = invite_by_letter(
        request, made, addresses, role=TeamRole.DESIGNER, days=DAYS_TO_JOIN
    )
    if not is_sent:
        messages.warning(request, NOT_SENT)
    elif invited:
        messages.success(request, f"Invited: {', '.join(invited)}.")


def _published(slug: str) -> Community | None:
    if not slug or "\x00" in slug:
        return None
    published = Community.objects.published().select_related("published_version")
    return published.filter(slug=slug).first()


def _from_parent(slug: str, snapshot: Snapshot | None) -> dict:
    """What a design that builds on another begins with: its kind and its values."""
    if snapshot is None:
        return {}
    values = [value.slug for value in snapshot.values][:MAX_VALUES]
    return {"builds_on": slug, "kind": snapshot.kind, "values": values}
