"""What staff keep besides reviewing: the vocabulary, the section template, designs, pictures."""

from . import designs, log, planning, vocabulary

__all__ = ["designs", "log", "planning", "vocabulary"]
