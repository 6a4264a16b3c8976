from ..enums import SectionLayout
from ..models import Section, SectionTemplate
from .base import RevisionForm
from .text import TextField


class SectionForm(RevisionForm):
    """One section of the document. In the two-column layout `body` is the team's definition."""

    is_text = TextField(required=False, rows=10, label="What it is")
    is_not_text = TextField(required=False, rows=10, label="What it is not")
    body = TextField(required=False, rows=18)

    def __init__(self, data=None, *, template: SectionTemplate, instance: Section | None, **opts):
        super().__init__(data, instance=instance, **opts)
        self.template = template
        if template.layout == SectionLayout.TWO_COLUMNS:
            self.fields["body"].label = "Our own definition"
            self.fields["body"].widget.attrs["rows"] = 5
        else:
            self.fields["body"].label = f"Text of “{template.title}”"
            del self.fields["is_text"], self.fields["is_not_text"]
