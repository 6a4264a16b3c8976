import logging

from django.db import DatabaseError
from django.utils import timezone

from ..models import TeamMember
from ..news import VISIT

log = logging.getLogger(__name__)


def look(member: TeamMember) -> None:
    """The member looks at the design: a visit begins, unless one began less than VISIT ago.

    At most one query. Reading goes on where nothing can be written.
    """
    now, last = timezone.now(), member.last_looked_at
    if last is not None and now - last < VISIT:
        return
    member.news_since, member.last_looked_at = last or member.joined_at, now
    changes = {"news_since": member.news_since, "last_looked_at": now}
    try:
        TeamMember.objects.filter(pk=member.pk).update(**changes)
    except DatabaseError:
        log.exception("A look could not be written down")
