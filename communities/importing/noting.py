"""What an import made is written down, however it came in, so that it can be undone."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ..models import DesignImport, ImportedRun
from .plan import Plan
from .writing import BATCH, write


@transaction.atomic
def write_noted(
    plan: Plan, file: Path, *, by, publish: bool, progress: Callable[[int], None]
) -> DesignImport:
    """Write the plan of a file that was not previewed, and note it. All of it or nothing."""
    write(plan, by=by, publish=publish, progress=progress)
    made = DesignImport(by=by, file_name=file.name[-120:], publish=publish, digest=plan.digest)
    note(made, plan)
    return made


def note(made: DesignImport, plan: Plan) -> None:
    """For `undoing`: each run that was made, and of which design. The file is not kept longer."""
    made.designs, made.runs = len(plan.new), plan.added_runs
    made.confirmed_at, made.content = timezone.now(), b""
    made.save()
    designs = [(design, True) for _, design in plan.new]
    designs += [(design, False) for design in plan.grown]
    runs = (
        ImportedRun(design_import=made, community=design.community, run=run, is_new=is_new)
        for design, is_new in designs
        for run in design.made
    )
    ImportedRun.objects.bulk_create(runs, batch_size=BATCH)
