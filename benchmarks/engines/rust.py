"""tantivy: the same documents, English stems, weights by column, counts by fast fields."""

from pathlib import Path

import tantivy

from benchmarks.engines import TOP, Answer
from benchmarks.workload import PAGE, Query
from gallery.corpora import DESIGNS
from gallery.text import parse

COLUMNS = {"title": 8.0, "summary": 4.0, "held": 2.0, "rest": 1.0}
FACET_NAMES = [facet.name for facet in DESIGNS.facets]
MOST_CHOICES = 5_000
WRITER_BYTES = 400_000_000
ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{N}]+"))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)


class Tantivy:
    def __init__(self, folder: Path):
        self.schema = _schema()
        is_new = not (folder / "complete").exists()
        folder.mkdir(parents=True, exist_ok=True)
        # The newest first, as they are asked for; an index at hand keeps its order.
        order = {"sort_by_field": "number", "sort_order": tantivy.Order.Desc} if is_new else {}
        self.index = tantivy.Index(self.schema, str(folder), reuse=not is_new, **order)
        self.index.register_tokenizer("english", ANALYZER)
        if is_new:
            self._fill()
            (folder / "complete").touch()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, query: Query) -> Answer:
        text = self._text(query.q)
        whole = _all([*text, *self._chosen(query)])
        order = None if query.q else "number"
        found = self.searcher.search(
            whole, limit=PAGE, offset=(query.page - 1) * PAGE, count=True, order_by_field=order
        )
        numbers = [key for key, _ in found.hits] if order else self._numbers(found.hits)
        return Answer(numbers, found.count, self._counts(query, text, whole))

    def _numbers(self, hits) -> list[int]:
        return list(self.searcher.fast_field_values("number", [place for _, place in hits]))

    def _counts(self, query: Query, text, whole) -> dict[str, dict[str, int]]:
        """One pass for all filters that see the same designs, one more for each in use."""
        loose = [name for name in query.chosen if not (name == "value" and query.match == "all")]
        counts = self._counted(whole, [name for name in FACET_NAMES if name not in loose])
        for name in loose:
            among = _all([*text, *self._chosen(query, but=name)])
            counts |= self._counted(among, [name])
        return counts

    def _counted(self, among, names) -> dict[str, dict[str, int]]:
        sizes = {name: TOP.get(name, MOST_CHOICES) for name in names}
        wanted = {name: {"terms": {"field": name, "size": sizes[name]}} for name in names}
        found = self.searcher.aggregate(among, wanted)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]}
            for name in names
        }

    def _chosen(self, query: Query, but: str = ""):
        for name, choices in query.chosen.items():
            if name == but:
                continue
            terms = [tantivy.Query.term_query(self.schema, name, one) for one in choices]
            if name == "value" and query.match == "all":
                yield from terms
            else:
                yield _any(terms)

    def _text(self, q: str) -> list:
        """Each word in any of the columns, weighted. The workload has no phrases."""
        return [
            self._word(word, is_beginning=term.is_beginning and word is term.words[-1])
            for term in parse(q).terms
            for word in term.words
        ]

    def _word(self, word: str, *, is_beginning: bool):
        [stem] = ANALYZER.analyze(word)
        found = []
        for column, weight in COLUMNS.items():
            if is_beginning:
                query = tantivy.Query.regex_query(self.schema, column, f"{stem}.*")
            else:
                query = tantivy.Query.term_query(self.schema, column, stem)
            found.append(tantivy.Query.boost_query(query, weight))
        return _any(found)

    def _fill(self) -> None:
        from benchmarks.brute import designs

        writer = self.index.writer(WRITER_BYTES, 1)
        for design in designs():
            document = tantivy.Document()
            document.add_unsigned("number", design.number)
            for column, text in design.columns.items():
                document.add_text(column, text)
            for name, choices in design.choices.items():
                for choice in choices:
                    document.add_text(name, choice)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()


def _schema():
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True, stored=False)
    for column in COLUMNS:
        builder.add_text_field(column, tokenizer_name="english")
    for name in FACET_NAMES:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def _all(queries):
    queries = list(queries)
    if not queries:
        return tantivy.Query.all_query()
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _any(queries):
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
