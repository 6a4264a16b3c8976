from ..structure.kinds import SectionLayout
from .rows import RowsForm
from .text import TextField

TEXTS = ("body", "is_text", "is_not_text")


class SectionForm(RowsForm):
    """One section of the document. In the two-column layout `body` is the team's definition."""

    is_text = TextField(required=False, rows=10, label="What it is")
    is_not_text = TextField(required=False, rows=10, label="What it is not")
    body = TextField(required=False, rows=18)

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

    @property
    def changes(self) -> dict:
        """For services.document.save_section."""
        texts = {name: self.cleaned_data[name] for name in TEXTS if name in self.fields}
        return {**texts, "structure": self.structure} if self.layout else texts
