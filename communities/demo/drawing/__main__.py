"""Draw the demo's pictures again: python -m communities.demo.drawing

They lie in the repository, because drawing takes longer than the first look at the site should.
"""

from communities.demo import content
from communities.demo.drawing import draw

SIZE = (1200, 900)
# Small enough for forty designs to be taken in within half a minute, large enough for their place.
COVER, OTHER = (1000, 750), (800, 600)


def main() -> None:
    for design in content.designs():
        for number, photo in enumerate(design["photos"]):
            kind, _, scene = photo["picture"].partition("/")
            if kind == "drawn":
                picture = draw(scene, f"{design['slug']}-{number}", SIZE)
                picture = picture.resize(OTHER if number else COVER)
                path = content.picture_of(design["slug"], number, photo["picture"])
                picture.save(path, "WEBP", quality=72, method=6)


if __name__ == "__main__":
    main()
