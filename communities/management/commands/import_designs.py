from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Cohort, User
from communities.importing import COLUMNS, Plan, Row, Unreadable, check, read_rows, write
from communities.models import Value
from communities.tagging import slug_for

MOST_COMPLAINTS = 200
MOST_UNREAD = 20


class Command(BaseCommand):
    help = (
        "Import designs from a CSV or JSON Lines file: all of it or, if any row is wrong, nothing."
        f" Columns: {', '.join(COLUMNS)}. Values and topics are separated by ';', a value may"
        " carry its rationale: 'equity: because …'. A design that is here already (same source, or"
        " same title, and same place) is not made again; a new date is a further run of it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish, not only draft")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="the staff member who answers for it")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="the file's name for one of our columns, for example --map title=name",
        )

    def handle(self, *, file, publish, dry_run, by, **options):
        staff = _staff(by)
        plan, rows = self._read(file, _column_map(options["map"]))
        self._complain(rows)
        broken = sum(bool(row.errors) for row in rows)
        if broken:
            raise CommandError(f"{broken} of {len(rows)} rows are wrong. Nothing was imported.")
        total = len(plan.new) + len(plan.grown)
        if not dry_run:
            write(plan, by=staff, publish=publish, progress=lambda done: self._tell(done, total))
        self.stdout.write(_summary(plan, rows, publish=publish, dry_run=dry_run))

    def _read(self, file: Path, columns: dict[str, str]) -> tuple[Plan, list[Row]]:
        plan, rows, today = Plan(), [], date.today()
        values, cohorts = _values(), _cohorts()
        unread: set[str] = set()
        try:
            for line, raw in read_rows(file, columns):
                row = check(line, raw, values=values, cohorts=cohorts, today=today)
                rows.append(row)
                unread |= set(raw) - set(COLUMNS) if isinstance(raw, dict) else set()
                if not row.errors:
                    plan.add(row)
                if len(rows) % 1000 == 0:
                    self.stderr.write(f"{len(rows)} rows read")
        except Unreadable as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for name in sorted(unread)[:MOST_UNREAD]:
            self.stderr.write(
                f"Not read: there is no column “{name[:80]}” (--map gives it a name)."
            )
        return plan, rows

    def _complain(self, rows: list[Row]) -> None:
        complaints = [
            f"line {row.line}: {text}" for row in rows for text in row.errors + row.warnings
        ]
        for complaint in complaints[:MOST_COMPLAINTS]:
            self.stderr.write(complaint)
        if len(complaints) > MOST_COMPLAINTS:
            self.stderr.write(f"… and {len(complaints) - MOST_COMPLAINTS} more")

    def _tell(self, done: int, total: int) -> None:
        if total > 100:
            self.stderr.write(f"{done} of {total} designs written")


def _staff(email: str | None) -> User:
    people = User.objects.filter(is_staff=True, is_active=True)
    found = people.filter(email__iexact=email) if email else people.order_by("pk")
    if (staff := found.first()) is None:
        raise CommandError(
            f"There is no staff member {email}."
            if email
            else "There is no staff member yet who answers for it: manage.py createsuperuser first."
        )
    return staff


def _column_map(pairs: list[str]) -> dict[str, str]:
    """theirs → ours."""
    columns = {}
    for pair in pairs:
        ours, _, theirs = pair.partition("=")
        if ours not in COLUMNS or not theirs:
            raise CommandError(f"--map {pair}: write OURS=THEIRS; ours are {', '.join(COLUMNS)}.")
        columns[theirs] = ours
    return columns


def _values() -> dict[str, Value]:
    found = {}
    for value in Value.objects.prefetch_related("aliases"):
        for name in (value.slug, value.name, *(alias.slug for alias in value.aliases.all())):
            found.setdefault(slug_for(name), value)
    return found


def _cohorts() -> dict[str, Cohort]:
    found = {}
    for cohort in Cohort.objects.all():
        found |= {slug_for(cohort.name): cohort, cohort.slug: cohort}
    return found


def _summary(plan: Plan, rows: list[Row], *, publish: bool, dry_run: bool) -> str:
    what = "would be " if dry_run else ""
    state = "published" if publish else "made as drafts"
    unkinded = sum(not design.first.kind for _, design in plan.new)
    lines = [
        f"{len(rows)} rows read.",
        f"{len(plan.new)} designs {what}{state}, {plan.added_runs} further runs {what}added.",
        f"{plan.repeated} rows were here already.",
    ]
    if unkinded:
        lines.append(f"{unkinded} designs have no kind; they are marked for staff.")
    return "\n".join(lines)
