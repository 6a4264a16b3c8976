"""Everything that people make, one file per noun."""

from .attachment import Attachment
from .busy import BusyPeriod
from .comment import Comment
from .community import Community, OldSlug, TeamMember
from .counter import Counter
from .document import Section, SectionTemplate, Suggestion
from .form_key import FormKey
from .implementation import Implementation, Reflection, Session
from .imported import DesignImport, ImportedRun
from .insight import Insight
from .log import LogIsKept, LogOpening, SubmissionEvent, log_opened
from .photo import Photo
from .proposal import ValueProposal, VocabularyEvent
from .remark import Remark, ReviewChecklist, StaffNote
from .report import Report, ReportEvent
from .sitting import Sitting
from .submission import Submission, Version
from .team import TeamEvent, TeamInvitation
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
    "Attachment",
    "BusyPeriod",
    "Comment",
    "Community",
    "CommunityTopic",
    "CommunityValue",
    "Counter",
    "DesignImport",
    "FormKey",
    "Implementation",
    "ImportedRun",
    "Insight",
    "LogIsKept",
    "LogOpening",
    "OldSlug",
    "Photo",
    "Reflection",
    "Remark",
    "Report",
    "ReportEvent",
    "ReviewChecklist",
    "Section",
    "SectionTemplate",
    "Session",
    "Sitting",
    "StaffNote",
    "Submission",
    "SubmissionEvent",
    "Suggestion",
    "TeamEvent",
    "TeamInvitation",
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
    "log_opened",
]
