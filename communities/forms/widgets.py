from django import forms


class HintedRadioSelect(forms.RadioSelect):
    """Radio buttons with a hint below some of them: `hints` maps a choice to its words."""

    def __init__(self, hints=None, **options):
        super().__init__(**options)
        self.hints = {str(value): words for value, words in (hints or {}).items()}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = self.hints.get(str(value), "")
        return option
