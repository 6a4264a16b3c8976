"""Where a person leaves traces, and what becomes of each when they are erased.

Every relation to a user and every text of the database stands here. A test looks through all
models, so that nothing new is forgotten: it is given its place here first.
"""

from enum import Enum, auto


class Fate(Enum):
    # Of relations: the row is a fact and stays, by “a former member”; or it is deleted.
    STAYS = auto()
    ENDS = auto()
    # Of texts: others rely on it, and the person is taken out of it.
    SHARED = auto()
    # It is deleted or emptied.
    GONE = auto()
    # Made again from what is published.
    DERIVED = auto()
    # No person writes it, or nobody but staff about the site itself.
    IMPERSONAL = auto()


def _by_field(fate: Fate, lines: str) -> dict[str, Fate]:
    """From lines of a model and its fields."""
    rows = (line.split() for line in lines.strip().splitlines())
    return {f"{model}.{field}": fate for model, *fields in rows for field in fields}


RELATIONS = {
    **_by_field(
        Fate.STAYS,
        """
        accounts.Acceptance user
        accounts.Invitation invited_by
        accounts.Suspension created_by lifted_by
        accounts.TakenHandle user
        admin.LogEntry user
        communities.Attachment updated_by uploaded_by
        communities.Comment author
        communities.Community updated_by
        communities.DesignImport by undone_by
        communities.Implementation updated_by
        communities.Insight updated_by
        communities.Photo updated_by uploaded_by
        communities.Reflection updated_by author
        communities.Remark author resolved_by checked_by
        communities.Report maker reporter
        communities.ReportEvent actor person
        communities.Section updated_by
        communities.StaffNote author
        communities.Submission submitted_by reader
        communities.SubmissionEvent actor reader
        communities.TeamEvent person actor
        communities.ValueProposal proposed_by answered_by
        communities.Version created_by
        communities.VocabularyEvent actor
        """,
    ),
    **_by_field(
        Fate.ENDS,
        """
        account.EmailAddress user
        accounts.Enrolment user
        accounts.Notice user
        accounts.Profile user
        accounts.Suspension user
        accounts.UnwantedLetters user
        accounts.User_groups user
        accounts.User_user_permissions user
        accounts.Waiting user
        communities.FormKey user
        communities.ReviewChecklist reviewer
        communities.Sitting user
        communities.TeamMember user
        communities.UnsavedText user
        mfa.Authenticator user
        """,
    ),
}
TEXTS = {
    **_by_field(
        Fate.SHARED,
        """
        accounts.Notice title text path letter
        accounts.Suspension reason lift_reason
        admin.LogEntry object_repr change_message
        communities.Attachment name caption
        communities.Comment text name
        communities.Community title slug audience_note summary description purpose_who
        communities.Community purpose_what purpose_so_that credit source_url needs_staff
        communities.CommunityValue rationale evidence
        communities.DesignImport file_name columns kept
        communities.Implementation place link outcome_note goals
        communities.Insight headline body
        communities.OldSlug slug
        communities.Photo alt caption credit consent_holder
        communities.Reflection worked_well did_not_work matched surprised differently
        communities.Reflection value_answers
        communities.Remark label text reply
        communities.Report title words
        communities.ReportEvent reason
        communities.ReviewChecklist note
        communities.Section body is_text is_not_text structure why
        communities.Session title notes
        communities.StaffNote text
        communities.SubmissionEvent note
        communities.Topic name slug
        communities.ValueProposal name short why answer
        communities.Version snapshot note whys
        communities.VocabularyEvent slug name details
        django_tasks_database.DBTaskResult traceback
        """,
    ),
    **_by_field(
        Fate.GONE,
        """
        account.EmailAddress email
        account.EmailConfirmation key
        accounts.Invitation email
        accounts.Profile handle pronouns about
        accounts.User email name former_names password
        communities.Comment email source
        communities.DesignImport content
        communities.Photo original_name
        communities.Report email source
        communities.UnsavedText path fields
        mfa.Authenticator data
        sessions.Session session_key session_data
        """,
    ),
    **_by_field(
        Fate.DERIVED,
        """
        communities.Community hidden_insights
        gallery.Entry slug title summary found_under card excerpts
        gallery.EntryInsight headline body values found_under
        gallery.EntryText title summary held rest parts
        gallery.FacetSet key label numbers
        gallery.Generation token past made_by
        gallery.InsightText title summary held rest parts
        """,
    ),
    **_by_field(
        Fate.IMPERSONAL,
        """
        accounts.Cohort name slug
        accounts.Invitation token_hash
        accounts.Notice key kind
        accounts.Sending door source network about
        accounts.TakenHandle digest
        accounts.UnwantedLetters kind
        admin.LogEntry object_id
        auth.Group name
        auth.Permission name codename
        communities.Attachment file sha256
        communities.BusyPeriod name
        communities.Community import_key
        communities.Counter name
        communities.DesignImport digest
        communities.FormKey made
        communities.Photo files color content_hash
        communities.Remark target_key
        communities.Report key
        communities.ReportEvent key
        communities.ReviewChecklist ticked
        communities.SectionTemplate key title guide prompts example
        communities.Suggestion kind text answer
        communities.TopicAlias name slug
        communities.Value name slug short definition not_confused_with mark drawn_as
        communities.ValueAlias name slug
        communities.ValueQuestion text
        communities.VocabularyEvent kind
        contenttypes.ContentType app_label model
        django_tasks_database.DBTaskResult args_kwargs return_value task_path worker_ids
        django_tasks_database.DBTaskResult queue_name backend_name exception_class_path
        taggit.Tag name slug
        """,
    ),
}
# Which design a row belongs to: the name is taken out of the designs they had to do with, because
# others may have the same one. Rows of other models are looked through wherever it stands.
DESIGN_OF = {
    "communities.Attachment": "community",
    "communities.Comment": "community",
    "communities.Community": "pk",
    "communities.CommunityValue": "content_object",
    "communities.Implementation": "community",
    "communities.Insight": "community",
    "communities.OldSlug": "community",
    "communities.Photo": "community",
    "communities.Reflection": "implementation__community",
    "communities.Remark": "submission__community",
    "communities.ReviewChecklist": "submission__community",
    "communities.Section": "community",
    "communities.Session": "implementation__community",
    "communities.StaffNote": "submission__community",
    "communities.Submission": "community",
    "communities.SubmissionEvent": "submission__community",
    "communities.TeamEvent": "community",
    "communities.TeamMember": "community",
    "communities.Version": "community",
}
# Taken out by a way of their own.
BY_THEMSELVES = {
    "accounts.Notice.path",
    "communities.Community.slug",
    "communities.OldSlug.slug",
    "communities.SubmissionEvent.note",
    "communities.Topic.name",
    "communities.Topic.slug",
    "communities.Version.snapshot",
    "communities.VocabularyEvent.details",
    "communities.VocabularyEvent.name",
    "communities.VocabularyEvent.slug",
}
# A value that was proposed may be a word of the language as well as a name.
OF_THEIRS = {"communities.ValueProposal": ("proposed_by", "answered_by")}
