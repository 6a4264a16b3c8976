"""What comparing two long versions costs: `python -m benchmarks.comparing`.

Two designs of 50,000 seeded random words in 13 sections, compared and drawn as the page draws
them, in each of the ways in which a comparison can be hard. Each case has a process of its own:
processor time, and by how much the most memory of the process grew. It asks no database.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable

WORDS, SECTIONS, PARAGRAPH = 50_000, 13, 60
# Two letters repeat themselves: there is no text that is harder to tell apart.
TOKENS = 40_000

Text = list[str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparing")
    parser.add_argument("--case", choices=CASES, help="this one only, in this process")
    case = parser.parse_args().case
    print(json.dumps(_measured(case) if case else measured()))
    return 0


def measured() -> list[dict]:
    """Every case, one after the other, in processes of their own."""
    return [_apart(name) for name in CASES]


def _apart(case: str) -> dict:
    command = [sys.executable, "-m", "benchmarks.comparing", "--case", case]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def _measured(case: str) -> dict:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gallery.settings")
    import django

    django.setup()
    from django.template.loader import render_to_string

    from communities.differences import compare

    def drawn(differences) -> str:
        context = {"differences": differences, "is_sides": False, "is_first": False}
        return render_to_string("communities/differences/_differences.html", context)

    # What is read and built once only is not of this comparison.
    drawn(compare(_design(["one two"]), _design(["one three"])))
    before, after = (_design(texts) for texts in CASES[case](random.Random(case)))
    memory, began = _most_memory(), time.process_time()
    differences = compare(before, after)
    compared = time.process_time()
    html = drawn(differences)
    done = time.process_time()
    return {
        "case": case,
        "comparing": round(compared - began, 2),
        "drawing": round(done - compared, 2),
        "megabytes": round(_most_memory() - memory, 1),
        "is_cut": any(text.is_cut_short for text in differences.texts),
        "is_rough": differences.is_rough,
        "html_megabytes": round(len(html.encode()) / 1e6, 1),
    }


def _most_memory() -> float:
    """Of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _design(texts: list[str]):
    from communities.snapshot import SectionText, Snapshot

    sections = (
        SectionText(key=f"s{number}", title=f"Section {number}", body=text)
        for number, text in enumerate(texts)
    )
    return Snapshot(title="Long", sections=tuple(sections))


def _words(rng: random.Random, count: int) -> Text:
    return [f"w{rng.randrange(30_000)}" for _ in range(count)]


def _in_paragraphs(words: Text, size: int = PARAGRAPH) -> str:
    return "\n\n".join(" ".join(words[at : at + size]) for at in range(0, len(words), size))


def _changed(rng: random.Random, words: Text, every: int) -> Text:
    return [f"n{rng.randrange(30_000)}" if rng.randrange(every) == 0 else word for word in words]


def _sections(rng: random.Random, change: Callable[[Text], Text], size: int = PARAGRAPH):
    texts = [_words(rng, WORDS // SECTIONS) for _ in range(SECTIONS)]
    return (
        [_in_paragraphs(words, size) for words in texts],
        [_in_paragraphs(change(words), size) for words in texts],
    )


def _shuffled(rng: random.Random):
    before, _ = _sections(rng, list)
    after = []
    for text in before:
        paragraphs = text.split("\n\n")
        rng.shuffle(paragraphs)
        after.append("\n\n".join(paragraphs))
    return before, after


def _one_word(rng: random.Random):
    count = WORDS // SECTIONS
    return (
        [_in_paragraphs(["same"] * count)] * SECTIONS,
        [_in_paragraphs(["same"] * (count - count // 10))] * SECTIONS,
    )


def _without_end(rng: random.Random):
    words = _words(rng, WORDS)
    return [" ".join(words)], [" ".join(_changed(rng, words, 10))]


def _two_letters(rng: random.Random):
    def text() -> str:
        return _in_paragraphs(rng.choices("ab", k=TOKENS))

    return [text() for _ in range(SECTIONS)], [text() for _ in range(SECTIONS)]


CASES = {
    "one word in fifty changed": lambda rng: _sections(rng, lambda w: _changed(rng, w, 50)),
    "one word in four changed": lambda rng: _sections(rng, lambda w: _changed(rng, w, 4)),
    "every word another": lambda rng: _sections(rng, lambda w: _changed(rng, w, 1)),
    "one word throughout, and less of it": _one_word,
    "one paragraph without an end, one word in ten changed": _without_end,
    "the paragraphs in another order": _shuffled,
    "a paragraph for each word, one in three changed": lambda rng: _sections(
        rng, lambda w: _changed(rng, w, 3), size=1
    ),
    "two letters in 13 sections of 40,000 tokens each": _two_letters,
}


if __name__ == "__main__":
    sys.exit(main())
