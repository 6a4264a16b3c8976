"""Turn the open list of tech conferences (confs.tech) into the columns of `import_designs`.

    python -m benchmarks.tech_conferences FOLDER OUT.jsonl

FOLDER holds <year>/<topic>.json as the list's repository keeps them; it is not part of this one.
"""

import json
import sys
from pathlib import Path


def row(conference: dict, topic: str) -> dict:
    place = ", ".join(filter(None, (conference.get("city"), conference.get("country"))))
    is_online = bool(conference.get("online")) or place.lower() == "online"
    where = f"in {place}" if place else "online"
    return {
        "title": conference["name"][:120],
        "kind": "conference",
        "mode": ("hybrid" if place else "online") if is_online else ("in-person" if place else ""),
        "summary": f"A conference about {topic.replace('-', ' ')}, {where}."[:200],
        "topics": topic,
        "place": place,
        "starts": conference["startDate"],
        "ends": conference["endDate"],
        "credit": "confs.tech, MIT licence",
        "source_url": conference["url"],
    }


def rows(folder: Path):
    for file in sorted(folder.glob("*/*.json")):
        for conference in json.loads(file.read_text(encoding="utf-8")):
            yield row(conference, file.stem)


def main(folder: str, target: str) -> None:
    with Path(target).open("w", encoding="utf-8") as out:
        for one in rows(Path(folder)):
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
