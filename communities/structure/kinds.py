"""How sections are written, and what may be chosen in their rows."""

from django.db.models import TextChoices


class SectionLayout(TextChoices):
    """How a section is written. All but the first two have rows beside the text: `structure/`."""

    PROSE = "prose", "Prose"
    TWO_COLUMNS = "two-columns", "Is and is not, with a definition"
    ROLES = "roles", "Roles"
    MEETINGS = "meetings", "Meeting frame and norms"
    CALENDAR = "calendar", "Calendar"
    CYCLE = "cycle", "Inquiry cycle"
    BARRIERS = "barriers", "Barriers and antidotes"
    RISKS = "risks", "Risks and safeguards"
    BUDGET = "budget", "Stipends and budget"
    TASKS = "tasks", "Implementation checklist"
    EVIDENCE = "evidence", "Evidence plan"


class Need(TextChoices):
    """What keeps people from coming, staying or learning."""

    TIME = "time", "Time"
    RECOGNITION = "recognition", "Value and recognition"
    CONNECTION = "connection", "Community and connection"
    MATERIALS = "materials", "Tools, materials and resources"


class RiskKind(TextChoices):
    BULLYING = "bullying", "Bullying"
    MONOPOLISING = "monopolising", "Monopolising"
    FOCUS = "focus", "Unclear focus"
    MOTIVATION = "motivation", "Lack of motivation"
    COMMUNICATION = "communication", "Poor communication"
    TECHNOLOGY = "technology", "Technology"
    PROTECTION = "protection", "Protection of children"
    OTHER = "other", "Something else"


class MeetingKind(TextChoices):
    WHOLE = "whole", "Whole group"
    SMALL = "small", "Small group"
    PAIRS = "one-to-one", "One to one"


class Rhythm(TextChoices):
    ONCE = "once", "Once"
    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every month"
    AS_NEEDED = "as-needed", "When it is needed"


class Stretch(TextChoices):
    """What a stretch of the calendar is for."""

    ON_RAMP = "on-ramp", "On-ramp"
    MEETINGS = "meetings", "Meetings"
    BREAK = "break", "Break"
    CLOSING = "closing", "Closing"


class Phase(TextChoices):
    """The inquiry cycle, and what stands around it in a session."""

    ARRIVE = "arrive", "Arrive"
    TRY = "try", "Try"
    COLLECT = "collect", "Collect examples"
    EXAMINE = "examine", "Examine"
    NEXT = "next", "Set the next goal"
    BREAK = "break", "Break"
    CLOSE = "close", "Close"


class PaidAs(TextChoices):
    MEMBER = "member", "Member"
    LEADER = "leader", "Leader"
    GUEST = "guest", "Guest"


class Work(TextChoices):
    """The four parts of an implementation plan."""

    ADVERTISING = "advertising", "Advertising"
    RECRUITING = "recruiting", "Recruiting"
    PLANNING = "planning", "Event planning"
    LOGISTICS = "logistics", "Logistics"


class Evidence(TextChoices):
    COUNTED = "counted", "Count"
    OBSERVED = "observed", "Watch"
    TOLD = "told", "Ask"
    MADE = "made", "Collect what is made"


class BusyKind(TextChoices):
    HOLIDAY = "holiday", "Holiday"
    EXAMS = "exams", "Examinations"
    BUSY = "busy", "Busy period"
    CLOSED = "closed", "Closed"
