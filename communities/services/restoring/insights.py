"""The lessons of a version, in its order."""

from dataclasses import fields

from ...models import Community, Insight, Value
from ...snapshot import InsightNote, Snapshot
from ..editing import remove_revised
from ..insights import add_insight, save_insight
from .pairs import paired

_LESSON = [f.name for f in fields(InsightNote) if f.name != "values"]


def bring_back_insights(community: Community, now: Snapshot, wanted: Snapshot, *, by) -> None:
    if now.insights == wanted.insights:
        return
    rows = list(community.insights.all())
    values = {value.slug: value for value in Value.objects.all()}
    ordered: dict[int, Insight] = {}
    pairs, new, gone = paired(wanted.insights, now.insights, lambda insight: insight.headline)
    for place, match in pairs:
        note, row = wanted.insights[place], rows[match]
        if note != now.insights[match]:
            save_insight(row, by=by, revision=row.revision, **_lesson(note, values))
        ordered[place] = row
    for place in new:
        ordered[place] = add_insight(community, by=by, **_lesson(wanted.insights[place], values))
    for match in gone:
        remove_revised(rows[match], by=by, revision=rows[match].revision)
    for place, row in ordered.items():
        row.position = place
    Insight.objects.bulk_update(ordered.values(), ["position"])


def _lesson(note: InsightNote, values: dict[str, Value]) -> dict:
    held = [values[slug] for slug in note.values if slug in values]
    return {**{name: getattr(note, name) for name in _LESSON}, "values": held}
