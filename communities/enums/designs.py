"""What designs say of themselves."""

from django.db.models import TextChoices


class Kind(TextChoices):
    SCHOOL = "school", "School"
    AFTERSCHOOL = "afterschool", "Afterschool"
    MICRO_SCHOOL = "micro-school", "Micro school"
    ALTERNATIVE_SCHOOL = "alternative-school", "Alternative school"
    WORKSHOP = "workshop", "Workshop or makerspace"
    INCUBATOR = "incubator", "Incubator or accelerator"
    CONFERENCE = "conference", "Conference"
    UNCONFERENCE = "unconference", "Unconference"
    HACKATHON = "hackathon", "Hackathon"
    BOOK_CLUB = "book-club", "Book club"
    DISCUSSION_GROUP = "discussion-group", "Discussion group"
    TEAM = "team", "Team"
    CAMP = "camp", "Camp"
    LIBRARY = "library", "Library"
    UNSCHOOL = "unschool", "Unschool"
    TUTORING = "tutoring", "Tutoring"


class Mode(TextChoices):
    IN_PERSON = "in-person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "Hybrid"


class Audience(TextChoices):
    CHILDREN = "children", "Children"
    TEENAGERS = "teenagers", "Teenagers"
    UNIVERSITY_STUDENTS = "university-students", "University students"
    ADULTS = "adults", "Adults"
    EDUCATORS = "educators", "Educators"
    FAMILIES = "families", "Families"
    OLDER_PEOPLE = "older-people", "Older people"
    ANYONE = "anyone", "Anyone"


class Outcome(TextChoices):
    RAN = "ran", "Ran"
    STOPPED_EARLY = "stopped-early", "Stopped early"
    DID_NOT_HAPPEN = "did-not-happen", "Did not happen"
    NOT_YET_RUN = "not-yet-run", "Not yet run"


class Duration(TextChoices):
    """How long the longest implementation took, first to last day."""

    ONE_DAY = "one-day", "One day"
    DAYS = "days", "Two to seven days"
    WEEKS = "weeks", "One to four weeks"
    LONGER = "longer", "Longer"

    @classmethod
    def of_days(cls, days: int) -> "Duration":
        for limit, duration in ((1, cls.ONE_DAY), (7, cls.DAYS), (31, cls.WEEKS)):
            if days <= limit:
                return duration
        return cls.LONGER


class Licence(TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "cc-by-nc-4.0", "CC BY-NC 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    ALL_RIGHTS_RESERVED = "all-rights-reserved", "All rights reserved"

    @property
    def url(self) -> str:
        """Where the licence is explained; empty for all rights reserved."""
        if self is Licence.ALL_RIGHTS_RESERVED:
            return ""
        if self is Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        name = self.value.removeprefix("cc-").removesuffix("-4.0")
        return f"https://creativecommons.org/licenses/{name}/4.0/"


class TeamRole(TextChoices):
    LEAD = "lead", "Lead"
    DESIGNER = "designer", "Designer"


class TeamAction(TextChoices):
    """What happened to somebody's place in a team; the labels follow their name."""

    JOINED = "joined", "joined the team"
    LEFT = "left", "left the team"
    REMOVED = "removed", "was taken out of the team"
    LEADS = "leads", "leads the team now"
    DESIGNS = "designs", "is a designer now, no longer a lead"


class ReflectionStage(TextChoices):
    DURING = "during", "While it ran"
    AFTER = "after", "After it ran"


class InsightType(TextChoices):
    WORKED = "worked", "Worked well"
    DID_NOT_WORK = "did-not-work", "Did not work"
    AS_EXPECTED = "as-expected", "As expected"
    SURPRISED = "surprised", "Surprised us"
    DIFFERENTLY = "differently", "Would do differently"


class InsightBasis(TextChoices):
    COUNTED = "counted", "Counted"
    OBSERVED = "observed", "Observed"
    TOLD = "told", "Told to us"


class PhotoKind(TextChoices):
    PHOTO = "photo", "Photo"
    SCREENSHOT = "screenshot", "Screenshot"
    ILLUSTRATION = "illustration", "Illustration"


class AttachmentType(TextChoices):
    """The endings of documents that communities.media.documents takes."""

    PDF = "pdf", "PDF"
    TXT = "txt", "Text"
    MD = "md", "Markdown"
    CSV = "csv", "CSV"
    ODT = "odt", "ODT"
    ODS = "ods", "ODS"
    ODP = "odp", "ODP"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    PPTX = "pptx", "PPTX"


class Consent(TextChoices):
    """What the people in a picture have agreed to. Only the first three may be published."""

    NO_PEOPLE = "no-people", "No recognisable people"
    EVERYONE_AGREED = "everyone-agreed", "Everyone in it has agreed"
    GUARDIANS_AGREED = "guardians-agreed", "Minors, with their guardians’ agreement"
    NEEDS_BLURRING = "needs-blurring", "Needs blurring"

    @classmethod
    def settled(cls) -> tuple["Consent", ...]:
        return cls.NO_PEOPLE, cls.EVERYONE_AGREED, cls.GUARDIANS_AGREED


class VersionReason(TextChoices):
    SAVED = "saved", "Saved by hand"
    SUBMITTED = "submitted", "Submitted"
    # The safety net: what stood there before a person began to change it.
    KEPT = "kept", "Kept as it was"
