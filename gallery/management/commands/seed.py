import time
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from communities.synthetic import clearing, shelf, studio
from communities.synthetic.making import Maker
from gallery import bulk
from gallery.index import index_communities
from gallery.models import Entry
from gallery.vocabulary import value_words

BATCH = 1_000

# Where PostgreSQL was built with it.
QUICKER_COMPRESSION = """
SELECT set_config(name, 'lz4', false) FROM pg_settings
WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
"""


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
        index = partial(bulk.new_rows, words=value_words())
        make = Maker(hand.brief, hand.ground, index)
        with bulk.loading(is_large=len(numbers) > Entry.objects.count()):
            for batch in studio.made_ahead(make, list(_batches(hand.spots(numbers)))):
                with transaction.atomic():
                    hand.add(batch)
                    batch.indexed.write()
                self._tell(f"{batch.spots[-1].number} of {designs}", started)
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
    """A batch may take longer than a page ever should; and what a crash loses is made again."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(QUICKER_COMPRESSION)
        else:
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute("PRAGMA cache_size = -200000")
            cursor.execute("PRAGMA wal_autocheckpoint = 20000")


def _batches(things: list):
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))
