from ..structure.kinds import SectionLayout
from .rows import RowsForm
from .text import LineField, TextField

TEXTS = ("body", "is_text", "is_not_text")
WORDS = (*TEXTS, "why")


class SectionForm(RowsForm):
    """One section of the document. In the two-column layout `body` is the team's definition."""

    is_text = TextField(required=False, rows=10, label="What it is")
    is_not_text = TextField(required=False, rows=10, label="What it is not")
    body = TextField(required=False, rows=18)
    why = LineField(
        max_length=300,
        required=False,
        label="Why you change it",
        help_text="In a sentence. The next version keeps it, and the comparison shows it.",
    )

    def __init__(self, data=None, *, template, instance, **options):
        super().__init__(data, template=template, instance=instance, **options)
        body = self.fields["body"]
        if template.layout == SectionLayout.TWO_COLUMNS:
            body.label = "Our own definition"
            body.widget.attrs["rows"] = 5
        else:
            body.label = f"Text of “{template.title}”"
            del self.fields["is_text"], self.fields["is_not_text"]
        if self.layout:
            body.widget.attrs["rows"] = 8

    def clean_why(self) -> str:
        """A reason that nobody has touched since the page was drawn is as it is kept by now: it
        may have gone into a version meanwhile.
        """
        typed = self.cleaned_data["why"]
        if self.instance is None or not self.saw("why", typed):
            return typed
        if typed != self.instance.why:
            self.data = self.data.copy()
            self.data[self.add_prefix("why")] = self.instance.why
            self.taken = {**self.taken, self.add_prefix("why"): [self.instance.why]}
        return self.instance.why

    def meet(self, current) -> bool:
        taken = self.taken
        is_same = super().meet(current)
        self.taken = {**taken, **self.taken}
        return is_same

    @property
    def changes(self) -> dict:
        """For services.document.save_section."""
        texts = {name: self.cleaned_data[name] for name in WORDS if name in self.fields}
        return {**texts, "structure": self.structure} if self.layout else texts
