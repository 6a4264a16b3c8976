"""What staff keep besides reviewing: the vocabulary, the section template, designs, pictures."""

from . import designs, log, vocabulary

__all__ = ["designs", "log", "vocabulary"]
