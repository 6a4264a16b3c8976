"""The arc of the cycle as a page draws it."""

from dataclasses import dataclass

from ...cycle import Step

# Where the line has come to at each station, on its canvas of 1000 by 280.
POINTS = ("150 220", "197 150", "325 99", "500 80", "675 99", "803 150", "850 220")
SIDES = ("left", "left", "top", "top", "top", "right", "right")


@dataclass(frozen=True)
class Stop:
    step: Step
    side: str


@dataclass(frozen=True)
class Arc:
    """What the component "arc" takes: the stops, and the point that the solid line reaches."""

    stops: tuple[Stop, ...]
    end: str


def arc_of(steps: tuple[Step, ...]) -> Arc:
    reached = sum(step.state == "done" for step in steps)
    end = POINTS[min(reached, len(POINTS) - 1)] if reached else ""
    return Arc(tuple(Stop(*pair) for pair in zip(steps, SIDES, strict=True)), end)
