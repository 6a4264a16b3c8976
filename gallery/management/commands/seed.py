import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from communities.synthetic import clearing, shelf, studio
from gallery.index import index_communities

BATCH = 2_000


class Command(BaseCommand):
    help = (
        "Add synthetic designs until there are N, published and found by search; with --clear take"
        " all of them away. Nothing else is touched. Run again, it continues."
    )

    def add_arguments(self, parser):
        parser.add_argument("--designs", type=int, metavar="N", help="how many there shall be")
        parser.add_argument("--seed", type=int, default=1, help="the same gives the same designs")
        parser.add_argument("--clear", action="store_true", help="take them away (first)")

    def handle(self, *, designs, seed, clear, verbosity, **options):
        if designs is None and not clear:
            raise CommandError("Say how many: --designs N; or take them away: --clear.")
        if designs is not None and designs < 0:
            raise CommandError("A number of designs is needed, 0 or more.")
        self.is_told = verbosity > 0
        _take_time()
        if clear:
            self._clear()
        if designs is not None:
            self._add(designs, seed)

    def _add(self, designs: int, seed: int) -> None:
        try:
            shelf.check_addresses()
        except shelf.Taken as taken:
            raise CommandError(
                f"Addresses that begin with “{shelf.PREFIX}” are in use by designs that were not"
                f" made here ({taken}), so nothing was changed."
            ) from None
        started, numbers = time.monotonic(), shelf.missing(designs)
        hand = shelf.Shelf(seed)
        for batch in studio.drafts(hand.brief, list(_batches(numbers))):
            with transaction.atomic():
                index_communities(hand.add(batch))
            self._tell(f"{batch[-1].number} of {designs}", started)
        self._tell(f"{len(numbers)} synthetic designs added", started)

    def _clear(self) -> None:
        started, ids = time.monotonic(), list(shelf.synthetic().values_list("pk", flat=True))
        for batch in _batches(ids):
            with transaction.atomic():
                clearing.withdraw(batch)
                index_communities(batch)
                clearing.remove(batch)
        clearing.remove_rest()
        self._tell(f"{len(ids)} synthetic designs taken away", started)

    def _tell(self, text: str, started: float) -> None:
        if self.is_told:
            self.stdout.write(f"{text}, {time.monotonic() - started:.0f} s")


def _take_time() -> None:
    """A batch may take longer than a page ever should."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def _batches(things: list[int]):
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))
