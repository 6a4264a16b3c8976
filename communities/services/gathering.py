"""Rows with everything below them, by one query: the database hands the parts over as JSON.

A save may ask fifteen queries, and the version that the first one of a sitting keeps is made of
ten tables. What comes out are the same objects that `prefetch_related` would have fetched.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connections
from django.db.models import Aggregate, F, Func, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable
from django.utils.timezone import is_naive, make_aware


@dataclass(frozen=True)
class Part:
    """What is below a row under the attribute `name`: those of `rows` whose `link` leads to it.

    `only` are the fields to bring, all of them if empty. `beside` names fields of the rows that
    these point to, `below` their own parts. In the order of the model, or of `order`.
    """

    name: str
    rows: QuerySet
    link: str = "community"
    only: tuple[str, ...] = ()
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    below: tuple["Part", ...] = ()
    order: tuple[str, ...] = ("pk",)

    @property
    def fields(self) -> tuple[str, ...]:
        concrete = self.rows.model._meta.concrete_fields
        return self.only or tuple(one.attname for one in concrete)


def gathered(rows: QuerySet, *parts: Part) -> QuerySet:
    """`rows`, each with its `parts` at hand, still in one query."""
    rows = rows.annotate(**{_said(part.name): _as_json(part) for part in parts})
    rows._iterable_class = type("Gathered", (_Gathered,), {"parts": parts})
    return rows


def put_at_hand(parent: Model, name: str, rows: list[Model]) -> None:
    """As if `rows` had been prefetched: `parent.<name>.all()` is them, without a query."""
    found = getattr(parent, name).all()
    found._result_cache, found._prefetch_done = rows, True
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


class _Gathered(ModelIterable):
    parts: tuple[Part, ...] = ()

    def __iter__(self):
        for row in super().__iter__():
            for part in self.parts:
                _put(row, part, row.__dict__.pop(_said(part.name)), self.queryset.db)
            yield row


class _JsonRows(Aggregate):
    """The rows of a group as one JSON list, in no order."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


class _Json(Func):
    """A value that is JSON already, and no text that happens to look like it."""

    function = "JSON"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


def _said(name: str) -> str:
    return f"said_of_{name}"


def _as_json(part: Part) -> Subquery:
    said = {name: _value(part.rows.model, name) for name in part.fields}
    for to, names in part.beside.items():
        said |= {f"{to}__{name}": F(f"{to}__{name}") for name in names}
    said |= {_said(below.name): _Json(_as_json(below)) for below in part.below}
    found = part.rows.filter(**{part.link: OuterRef("pk")}).order_by().values(part.link)
    return Subquery(found.annotate(rows=_JsonRows(JSONObject(**said))).values("rows"))


def _value(model: type[Model], name: str):
    is_json = isinstance(model._meta.get_field(name), JSONField)
    return _Json(F(name)) if is_json else F(name)


def _put(parent: Model, part: Part, said: list[dict] | None, db: str) -> None:
    """Under its name, as if it had been prefetched."""
    model = part.rows.model
    found = []
    for one in said or ():
        row = _instance(model, {name: one[name] for name in part.fields}, db)
        for to, names in part.beside.items():
            _set_beside(row, to, {name: one[f"{to}__{name}"] for name in names}, db)
        if not model._meta.get_field(part.link).many_to_many:
            model._meta.get_field(part.link).set_cached_value(row, parent)
        for below in part.below:
            _put(row, below, one[_said(below.name)], db)
        found.append(row)
    put_at_hand(parent, part.name, sorted(found, key=lambda row: _place(row, part.order, db)))


def _set_beside(row: Model, to: str, said: dict, db: str) -> None:
    pointer = row._meta.get_field(to)
    key = getattr(row, pointer.attname)
    other = pointer.related_model
    said = {other._meta.pk.attname: key, **said}
    pointer.set_cached_value(row, None if key is None else _instance(other, said, db))


def _instance(model: type[Model], said: dict, db: str) -> Model:
    names = {one.attname: one for one in model._meta.concrete_fields if one.attname in said}
    return model.from_db(db, names, [_python(one, said[name]) for name, one in names.items()])


def _python(one, said):
    value = one.to_python(said)
    # SQLite keeps times without their zone.
    return make_aware(value, UTC) if isinstance(value, datetime) and is_naive(value) else value


def _place(row: Model, order: tuple[str, ...], db: str) -> tuple:
    """Where it stands among the others; what is empty comes where the database puts it."""
    empty_first = connections[db].features.order_by_nulls_first
    place = []
    for name in order:
        value = row
        for step in name.split("__"):
            value = getattr(value, step)
        place.append(((value is None) != empty_first, () if value is None else (value,)))
    return tuple(place)
