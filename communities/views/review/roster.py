"""A cohort as a table for spreadsheets."""

from datetime import datetime

from django.utils.timezone import localtime

from ...queries.cohorts import PersonRow

COLUMNS = (
    "name",
    "e-mail",
    "place",
    "since",
    "team",
    "role",
    "station",
    "last activity of the team",
    "last here",
)
# A spreadsheet would take what begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_roster(writer, rows: list[PersonRow]) -> None:
    """One row for each person; several teams stand in one cell, with semicolons between."""
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(cell) for cell in _cells(row)])


def harmless(cell: str) -> str:
    """With an apostrophe in front where a spreadsheet would begin to calculate."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def _cells(row: PersonRow) -> list[str]:
    roles = [
        member.get_role_display()
        for team in row.teams
        for member in team.members
        if member.user_id == row.user.pk
    ]
    return [
        row.user.name,
        row.user.email,
        "waiting" if row.is_waiting else "place",
        _moment(row.since),
        "; ".join(team.community.title for team in row.teams),
        "; ".join(roles),
        "; ".join(str(team.station.label) for team in row.teams),
        _moment(max((team.last_activity for team in row.teams), default=None)),
        _moment(row.last_here),
    ]


def _moment(moment: datetime | None) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
