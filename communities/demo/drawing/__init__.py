"""Pictures of learning communities from above, drawn for the demonstration content."""

from random import Random

from PIL import Image

from . import equipment, halls, objects, outdoors, rooms, screens, walls, workplaces, yards
from .canvas import HEIGHT, WIDTH, Canvas

_FAMILIES = (rooms, workplaces, halls, outdoors, yards, walls, screens, objects, equipment)
_DRAW = {scene: drawn for family in _FAMILIES for scene, drawn in family.SCENES.items()}
SCENES: tuple[str, ...] = tuple(_DRAW)


def draw(scene: str, seed: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """A picture of the scene. The same scene, seed and size give the same pixels.

    Raises ValueError when there is no such scene.
    """
    if scene not in _DRAW:
        raise ValueError(f"There is no scene {scene!r}. Choose one of: {', '.join(SCENES)}")
    rng = Random(f"{scene}/{seed}")  # noqa: S311 – chooses colours, guards nothing
    return _DRAW[scene](Canvas(size, rng))
