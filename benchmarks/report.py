"""The figures as tables: for the terminal, and as Markdown for docs/performance.md."""

import json
import statistics
import sys
from pathlib import Path

from benchmarks.searching import mean


def text(found: dict) -> str:
    return "\n".join(
        f"{'' if ok is None else 'ok ' if ok else 'NOT '}{what}: {value} (wanted {wanted})"
        for what, value, wanted, ok in goals(found)
    )


def markdown(found: dict) -> str:
    rows = [
        f"| {what} | {value} | {wanted} | {'' if ok is None else 'yes' if ok else '**no**'} |"
        for what, value, wanted, ok in goals(found)
    ]
    tables = [_table("what | measured | wanted | reached", rows)]
    if "search" in found:
        tables.append(_classes(found["search"]))
    if "pages" in found:
        tables.append(_pages(found["pages"]))
    return "\n\n".join(tables) + "\n"


def goals(found: dict) -> list[tuple]:
    """(what, measured, wanted, reached or None when it was not measured)."""
    rows = found.get("search", [])
    databases = sorted({row["database"] for row in rows}, reverse=True)
    sizes = sorted({row["designs"] for row in rows})
    made = []
    if rows:
        made += _ratios(rows, databases, sizes[0], sizes[-1])
    made += _http(found.get("http", []))
    made += _weights(found.get("ready", []), found.get("publish", []))
    made += _losses(found.get("writing", []))
    made += _pictures(found.get("pictures", []))
    made += _comparing(found.get("comparing", []))
    return made


def _ratios(rows, databases, small: int, large: int):
    peers = {row["engine"] for row in rows}
    for database in databases:
        ours = {"engine": "ours", "database": database, "memory": "cold"}
        at_large = mean(rows, designs=large, **ours)
        where = f"{database}, {large:,}"
        yield f"{where}: page and counts, mean ms", f"{at_large:.2f}", "", None
        if "tantivy" in peers:
            theirs = {"engine": "tantivy", "designs": large}
            limit = 1.0 if database == "sqlite" else 3.0
            yield _ratio(f"{where}: × tantivy, all classes", at_large, mean(rows, **theirs), limit)
            plain = mean(rows, designs=large, text=False, **ours)
            other = mean(rows, text=False, **theirs)
            yield _ratio(f"{where}: × tantivy, without text", plain, other, 0.4)
        if "plain" in peers:
            yield _against_plain(rows, where, at_large, large)
        one, many = (mean(rows, designs=n, text=False, **ours) for n in (small, large))
        if small != large:
            yield _ratio(f"{where}: without text, × that at {small:,}", many, one, 2.5)
        deep = mean(rows, designs=large, classes=["deep page"], **ours)
        first = mean(rows, designs=large, classes=["none", "value"], **ours)
        yield _ratio(f"{where}: deep page × page one", deep, first, 1.2)


def _against_plain(rows, where, ours, large):
    theirs = mean(rows, engine="plain", designs=large)
    return (
        f"{where}: times faster than the plain way",
        f"{theirs / ours:.0f}",
        "≥ 500",
        (theirs / ours >= 500),
    )


def _ratio(what: str, one: float, other: float, limit: float):
    return what, f"{one / other:.2f}", f"≤ {limit}", one / other <= limit


def _http(rows: list[dict]):
    for database in dict.fromkeys(row["database"] for row in rows):
        here = sorted((r for r in rows if r["database"] == database), key=lambda r: r["designs"])
        small, large = here[0], here[-1]
        where = f"{database}, {large['designs']:,}"
        if small is not large:
            # Each against its own empty view, since the machine may have been busier for one.
            share = (small["whole"] / small["empty"]) / (large["whole"] / large["empty"])
            yield _least(
                f"{where}: whole page, requests a second × at {small['designs']:,}", share, 0.75
            )
        yield f"{where}: whole page, ms", f"{large['whole']:.2f}", "", None
        for name, limit in (("whole", 0.12), ("not modified", 0.8), ("kept", 0.7)):
            what = f"{where}: {name} page, requests a second × empty view"
            if name in large:
                yield _least(what, large["empty"] / large[name], limit)
            else:
                yield what, "none", f"≥ {limit}", False


def _least(what: str, value: float, limit: float):
    return what, f"{value:.2f}", f"≥ {limit}", value >= limit


def _weights(ready: list[dict], publish: list[dict]):
    for row in ready:
        where = f"{row['database']}, {row['designs']:,}"
        yield _most(f"{where}: index, bytes an entry", row["bytes"], 64)
        yield _most(f"{where}: a worker is ready, ms", row["ms"], 50)
    for place in dict.fromkeys((row["database"], row["designs"]) for row in publish):
        here = [row for row in publish if (row["database"], row["designs"]) == place]
        where = f"{place[0]}, {place[1]:,}"
        work = statistics.median(row["publish"] for row in here)
        yield _most(f"{where}: one publication, ms", work, 100)
        after = statistics.median(row["follow"] for row in here)
        yield f"{where}: next search after it, ms more", f"{after:.1f}", "", None


def _losses(rows: list[dict]):
    """What writing lost, on each database."""
    for row in rows:
        where = f"{row['database']}, writing"
        saves = f"{row['acknowledged']} savings, {row['kills']} kills"
        yield f"{where}: {saves}: missing", row["missing"], "0", row["missing"] == 0
        yield f"{where}: half-written", row["half_written"], "0", row["half_written"] == 0
        yield f"{where}: done twice", row["repeated"], "0", row["repeated"] == 0
        met = f"{row['together']} savings at once, {row['statuses'].get('409', 0)} beaten"
        yield f"{where}: {met}: lost updates", row["lost_updates"], "0", row["lost_updates"] == 0
        yield f"{where}: answers that were faults", row["errors"], "0", row["errors"] == 0


def _pictures(rows: list[dict]):
    """What pictures cost, what they cost others, and what was lost of them, on each database."""
    for row in rows:
        where = f"{row['database']}, pictures"
        crowd, fire = row["crowd"], row["kills"]
        yield from _cost(row["cost"]) if "cost" in row else ()
        at_once = f"{where}: {crowd['photos']} at once"
        yield _most(f"{at_once}: the web process, MB", max(crowd["web_megabytes_at_most"]), 500)
        longest = max(page["more_ms_most"] for page in crowd["pages"].values())
        yield _most(f"{at_once}: a page takes longer than usual, ms", longest, 200)
        lost = sum(fire["faults"].values())
        yield f"{where}: {fire['uploads']} sent, {fire['kills']} kills: lost", lost, "0", lost == 0


def _cost(cost: dict):
    """Of one photograph, which is the same on each database."""
    for name, limit in (("processor", 0.6), ("memory", 0.5)):
        middle, least, most = cost["ours"][name]
        what = f"pictures: four renditions, × the {name} of plain Pillow"
        yield what, f"{middle:.2f} ({least:.2f} to {most:.2f})", f"≤ {limit}", middle <= limit
    loss = max(loss for losses in cost["loss"] for loss in losses)
    yield "pictures: SSIM lost at most", f"{loss:.4f}", "≤ 0.002", loss <= 0.002


def _comparing(rows: list[dict]):
    """Each way in which a comparison of 50,000 words can be hard."""
    for row in rows:
        seconds = row["comparing"] + row["drawing"]
        yield _most(f"comparing, {row['case']}: s", seconds, 2)
        yield _most(f"comparing, {row['case']}: MB", row["megabytes"], 50)


def _most(what: str, value: float, limit: float):
    return what, f"{value:.1f}", f"≤ {limit}", value <= limit


def _classes(rows: list[dict]) -> str:
    """Mean milliseconds by class, a column for each engine and database at the largest size."""
    large = max(row["designs"] for row in rows)
    here = [row for row in rows if row["designs"] == large]
    columns = list(dict.fromkeys((r["database"], r["engine"], r["memory"]) for r in here))
    columns.sort(key=lambda column: (column[1] != "ours", column))
    heads = [f"{e} {m if e == 'ours' else ''} {d}".replace("  ", " ") for d, e, m in columns]
    lines = []
    for kind in dict.fromkeys(sorted((row["class"] for row in here), key=str)):
        cells = [mean(here, database=d, engine=e, memory=m, classes=[kind]) for d, e, m in columns]
        shown = ["" if ms is None else f"{ms:.2f}" for ms in cells]
        lines.append(f"| {kind} | {' | '.join(shown)} |")
    return f"Milliseconds at {large:,}:\n\n" + _table(" | ".join(["class", *heads]), lines)


def _pages(rows: list[dict]) -> str:
    lines = [
        f"| `{row['page']}` | {row['ms']:.2f} | {row['times_empty']:.1f} | {row['queries']} |"
        for row in rows
    ]
    return _table("page | ms | × empty | queries", lines)


def _table(heads: str, rows: list[str]) -> str:
    line = "|".join(["---"] * (heads.count(" | ") + 1))
    return "\n".join([f"| {heads} |", f"|{line}|", *rows])


if __name__ == "__main__":
    print(markdown(json.loads(Path(sys.argv[1]).read_text())))
