"""What every form of the studio does so that nothing typed is lost."""

import hashlib
import json
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.timezone import localtime

from ..differences.sides import beside
from .conflicts import Conflict, Difference
from .drawn import DrawnInput
from .text import LineField, TextField

MAX_REVISION = 2**31 - 2
# Hidden fields that steer saving and are not part of what was written.
MACHINERY = ("revision", "seen", "key")

# On a widget: what it asks for is removed by the button only, never by a form that saves itself.
BY_HAND = {"data-by-hand": True}

# Django's own words show whatever was sent, which a page may not be able to carry.
_REPEATS_WHAT_CAME = forms.ChoiceField.default_error_messages["invalid_choice"]


class KeyField(forms.UUIDField):
    """The one-time key of a form; a damaged one only costs its protection."""

    def __init__(self, **options):
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput, **options)

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            return None


class StudioForm(forms.Form):
    """Validates on submit only, and never empties a field."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.error_messages.get("invalid_choice") == _REPEATS_WHAT_CAME:
                field.error_messages["invalid_choice"] = "Choose one of these."

    def lock(self) -> None:
        """For somebody who may only read."""
        for field in self.fields.values():
            field.disabled = True

    @property
    def changes(self) -> dict:
        """The cleaned fields that a service writes."""
        return {n: v for n, v in self.cleaned_data.items() if n not in MACHINERY}


class KeyedForm(StudioForm):
    """A form that creates something. Sent twice with the same words it creates it once."""

    key = KeyField()

    @property
    def once(self) -> uuid.UUID | None:
        """The key for services.editing.create_once: of this form *and* of what it says.

        Going back, changing the words and sending again is another thing, not a second click.
        """
        key = self.cleaned_data.get("key")
        if key is None:
            return None
        words = {n: str(self[n].data) for n in self.fields if n not in MACHINERY}
        return uuid.uuid5(key, json.dumps(words, sort_keys=True))


class RevisionForm(StudioForm):
    """A form that changes what somebody else may be changing at the same time.

    It carries the revision it was drawn from, and for each field a digest of what was saved then,
    so that after a lost race a field which only the other person changed is not changed back.
    """

    revision = forms.IntegerField(
        min_value=0, max_value=MAX_REVISION, widget=DrawnInput, required=False
    )
    seen = forms.CharField(widget=DrawnInput, required=False)
    conflict: Conflict | None = None
    # After a lost race: fields that took the other person's words, by their names in the page.
    taken: dict[str, list[str]] = {}
    # Whether what it says stands in its row.
    is_settled = False
    # Whether what was chosen of two texts is to be read before it is saved.
    is_to_read = False
    # Whether what was taken changes which fields the page has, so that it must be drawn again.
    is_reshaped = False
    # A row, and what it said.
    _read: tuple | None = None

    def __init__(self, data=None, files=None, *, instance=None, **options):
        self.instance = instance
        saved = self._saved
        initial = {**saved, **(options.pop("initial", None) or {})}
        initial["revision"] = self.revision_of(instance)
        super().__init__(data, files, initial=initial, **options)
        self.initial["seen"] = _digests(saved)

    @classmethod
    def values_of(cls, instance) -> dict:
        """What `instance` says now, by the names of this form's fields."""
        if instance is None:
            return {}
        names = [name for name in cls.base_fields if name not in MACHINERY]
        return {name: _plain(getattr(instance, name)) for name in names if hasattr(instance, name)}

    @property
    def _saved(self) -> dict:
        """What the row said when the form got it, which is asked of the database once."""
        if self._read is None or self._read[0] is not self.instance:
            self._read = (self.instance, self.values_of(self.instance))
        return self._read[1]

    @staticmethod
    def revision_of(instance) -> int:
        return instance.revision if instance is not None else 0

    @property
    def based_on(self) -> int:
        """The revision for the service. None was sent: then it is stale for certain."""
        revision = self.cleaned_data.get("revision")
        return MAX_REVISION if revision is None else revision

    @property
    def is_late(self) -> bool:
        """Whether the row at hand says that the save is stale, without a turn to write."""
        return self.instance is not None and self.revision_of(self.instance) != self.based_on

    @property
    def has_changes(self) -> bool:
        """Whether it says anything else than what is saved. A second click says the same."""
        return self._differs_from(self._saved)

    def says(self) -> dict:
        """What this valid form says, by the names of `values_of`; once saved, both are equal."""
        written = (name for name in self.fields if name not in MACHINERY)
        return {name: _plain(self.cleaned_data.get(name)) for name in written}

    def _differs_from(self, saved: dict) -> bool:
        return any(_digest(saved.get(n, "")) != _digest(mine) for n, mine in self.says().items())

    @property
    def machinery(self) -> dict[str, str]:
        """The hidden fields that a page still open needs after a save or a lost race, by name.

        Taken from what was written, not read again: somebody may have saved since.
        """
        if not self.is_bound:
            now = self.initial
        elif self.conflict:
            now = {name: self.data[self.add_prefix(name)] for name in ("revision", "seen")}
        else:
            now = {"revision": self.revision_of(self.instance), "seen": _digests(self.says())}
        return {self.add_prefix(name): str(now[name]) for name in ("revision", "seen")}

    def meet(self, current) -> bool:
        """Somebody saved `current` first: keep what was typed and show theirs beside it.

        The form gets the fresh revision, so that saving again is a choice. Fields that only the
        other person changed take their words. True when both say the same: then nothing is left
        to save.
        """
        self.instance = current
        theirs, data, differences = self._saved, self.data.copy(), []
        if not self._differs_from(theirs):
            return True
        self.taken = {}
        for name in theirs:
            if name not in self.fields or name in MACHINERY:
                continue
            mine, other = _plain(self.cleaned_data.get(name)), theirs[name]
            if _digest(mine) == _digest(other) or self.saw(name, other):
                continue
            if self.saw(name, mine):
                _put(data, self.add_prefix(name), other)
                self.taken[self.add_prefix(name)] = data.getlist(self.add_prefix(name))
            else:
                differences.append(self._difference(name, mine, other))
        self.conflict = _conflict(current, differences)
        _put(data, self.add_prefix("revision"), self.revision_of(current))
        _put(data, self.add_prefix("seen"), _digests(theirs))
        self.data = data
        return False

    def is_reconciled(self) -> bool:
        """After `meet`: whether both changed different things only, and together they are valid.

        The form then says what both said, for a service to write.
        """
        if self.is_reshaped or self.conflict.differences:
            return False
        self.conflict = None
        self.__dict__.pop("_seen", None)
        self.full_clean()
        return self.is_valid()

    def saw(self, name: str, value) -> bool:
        """Whether this was saved in the field when the form was drawn."""
        return self._seen.get(name) == _digest(value)

    @cached_property
    def _seen(self) -> dict:
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def choose(self, wish: str) -> bool:
        """After a lost race: what of two texts stands in a field of this valid form.

        `wish` is mine, theirs or both, a colon, and the field's name in the page. False when
        something is left to be read or chosen before it is saved.
        """
        how, _, chosen = wish.partition(":")
        names = {self.add_prefix(name): name for name in self.fields if name not in MACHINERY}
        if how not in ("mine", "theirs", "both") or chosen not in names or not self.instance:
            return True
        theirs, mine = self._saved, self.says()
        self.data = self.data.copy()
        if how != "mine":
            words = theirs.get(names[chosen], "")
            if how == "both":
                by = str(self.instance.updated_by or "Somebody")
                words = beside(str(mine[names[chosen]]), str(words), by=by).union
            _put(self.data, chosen, words)
            self.full_clean()
        open_ = [names[n] for n in self.data.getlist("clash") if n in names and n != chosen]
        left = [n for n in open_ if _digest(mine[n]) != _digest(theirs.get(n, ""))]
        if left:
            differences = [self._difference(n, mine[n], theirs.get(n, "")) for n in left]
            self.conflict = _conflict(self.instance, differences)
        self.is_to_read = how == "both" or bool(left) or not self.is_valid()
        return not self.is_to_read

    def _difference(self, name, mine, theirs) -> Difference:
        words = self.fields[name]
        is_text = isinstance(words, TextField | LineField)
        return Difference(
            label=self[name].label,
            name=self[name].id_for_label or self[name].auto_id,
            yours=_in_words(words, mine),
            theirs=_in_words(words, theirs),
            field=self.add_prefix(name),
            sides=beside(mine, theirs, by="") if is_text else None,
        )


def _conflict(current, differences) -> Conflict:
    by, at = str(current.updated_by or "Somebody"), f"{localtime(current.updated_at):%H:%M}"
    return Conflict(by=by, at=at, differences=tuple(differences))


def _plain(value):
    """A value as a form field's initial: rows by their key, nothing as an empty text."""
    if value is None:
        return ""
    return value.pk if hasattr(value, "pk") else value


def _digest(value) -> str:
    if isinstance(value, list | tuple):
        value = "\n".join(str(_plain(item)) for item in value)
    return hashlib.sha256(str(_plain(value)).encode("utf-8", "replace")).hexdigest()[:16]


def _digests(values: dict) -> str:
    return json.dumps({n: _digest(value) for n, value in values.items()}, separators=(",", ":"))


def _put(data, name, value) -> None:
    if isinstance(value, list | tuple):
        data.setlist(name, [str(_plain(item)) for item in value])
    else:
        data[name] = str(value)


def _in_words(field, value) -> str:
    """What a person reads: the label of a choice instead of its key."""
    chosen = value if isinstance(value, list | tuple) else [value]
    if hasattr(field, "choices"):
        labels = {str(key): str(label) for key, label in field.choices}
        return ", ".join(labels.get(str(_plain(item)), str(item)) for item in chosen)
    return ", ".join(str(item) for item in chosen)
