"""Everything that people make, one file per noun."""

from .community import Community, OldSlug, TeamMember
from .counter import Counter
from .document import Section, SectionTemplate
from .form_key import FormKey
from .implementation import Implementation, Reflection, Session
from .insight import Insight
from .photo import Photo
from .proposal import ValueProposal, VocabularyEvent
from .submission import Submission, SubmissionEvent, Version
from .unsaved_text import UnsavedText
from .vocabulary import (
    CommunityTopic,
    CommunityValue,
    Topic,
    TopicAlias,
    Value,
    ValueAlias,
    ValueQuestion,
)

__all__ = [
    "Community",
    "CommunityTopic",
    "CommunityValue",
    "Counter",
    "FormKey",
    "Implementation",
    "Insight",
    "OldSlug",
    "Photo",
    "Reflection",
    "Section",
    "SectionTemplate",
    "Session",
    "Submission",
    "SubmissionEvent",
    "TeamMember",
    "Topic",
    "TopicAlias",
    "UnsavedText",
    "Value",
    "ValueAlias",
    "ValueProposal",
    "ValueQuestion",
    "Version",
    "VocabularyEvent",
]
