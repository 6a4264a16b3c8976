from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.models import User
from communities.importing import (
    COLUMNS,
    Checked,
    Plan,
    Unreadable,
    check_rows,
    column_map,
    read_rows,
    write_noted,
)

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
        checked = self._read(file, options["map"])
        self._complain(checked)
        plan, rows = checked.plan, checked.rows
        if checked.broken:
            raise CommandError(
                f"{checked.broken} of {len(rows)} rows are wrong. Nothing was imported."
            )
        total = len(plan.new) + len(plan.grown)
        if total and not dry_run:
            tell = partial(self._tell, total=total)
            made = write_noted(plan, file, by=staff, publish=publish, progress=tell)
        self.stdout.write(_summary(plan, rows, publish=publish, dry_run=dry_run))
        if not dry_run and total:
            place = reverse("review_import", args=[made.pk])
            self.stdout.write(f"It can be undone at {place}.")

    def _read(self, file: Path, pairs: list[str]) -> Checked:
        try:
            checked = check_rows(read_rows(file, column_map(pairs)), progress=self._tell_read)
        except Unreadable as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for name in sorted(checked.unread)[:MOST_UNREAD]:
            self.stderr.write(
                f"Not read: there is no column “{name[:80]}” (--map gives it a name)."
            )
        return checked

    def _complain(self, checked: Checked) -> None:
        complaints = checked.complaints()
        for line, text in complaints[:MOST_COMPLAINTS]:
            self.stderr.write(f"line {line}: {text}")
        if len(complaints) > MOST_COMPLAINTS:
            self.stderr.write(f"… and {len(complaints) - MOST_COMPLAINTS} more")

    def _tell_read(self, read: int) -> None:
        if read % 1000 == 0:
            self.stderr.write(f"{read} rows read")

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


def _summary(plan: Plan, rows: list, *, publish: bool, dry_run: bool) -> str:
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
