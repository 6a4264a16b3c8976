"""What a site answers beside its pages: its theme, its manners towards robots, its health."""

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.views.public.visitors import from_our_pages, page_of_ours

log = logging.getLogger(__name__)

THEMES = ("light", "dark")
A_YEAR = 60 * 60 * 24 * 365
NOT_FOR_ROBOTS = (
    "/accounts/",
    "/admin/",
    "/api/",
    "/consent/",
    "/designs/?",
    "/designs/feed.atom?",
    "/designs/suggest",
    "/insights/?",
    "/report/",
    "/review/",
    "/studio/",
)


@from_our_pages
@require_POST
def theme(request):
    """Keep the chosen paper in a cookie; anything but a theme follows the device again."""
    response = redirect(page_of_ours(request))
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request):
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return _plain("\n".join([*lines, "", f"Sitemap: {sitemap}"]))


@require_safe
def security_txt(request):
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    fields = {
        "Contact": contact,
        "Expires": expires.isoformat(),
        "Preferred-Languages": settings.LANGUAGE_CODE.partition("-")[0],
        "Canonical": request.build_absolute_uri(),
    }
    return _plain("\n".join(f"{name}: {value}" for name, value in fields.items()))


@require_safe
@never_cache
def healthz(request):
    """The process answers; says nothing of the database."""
    return _plain("ok")


@require_safe
@never_cache
def readyz(request):
    """Whether this process can do its work. Why not is in the log, not in the answer."""
    for check in (_database_answers, _migrations_are_done, _storage_can_be_written):
        try:
            check()
        except Exception:
            log.exception("Not ready: %s", check.__name__)
            return _plain("not ready", status=503)
    return _plain("ready")


class NotMigrated(Exception):
    """The database is older than the code."""


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations_are_done() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated


def _storage_can_be_written() -> None:
    name = default_storage.save(f"probes/{uuid.uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
