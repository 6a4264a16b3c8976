"""The people of the demo content. Their password is public: a real site has none of them."""

from typing import NamedTuple

DEMO_PASSWORD = "plan-of-the-house"  # noqa: S105


class DemoPerson(NamedTuple):
    email: str
    name: str
    part: str
    is_staff: bool = False


ROSA = DemoPerson("rosa@example.org", "Rosa E.", "student with a draft and a submission")
MEI = DemoPerson("mei@example.org", "Mei L.", "student in the same team")
VIKTOR = DemoPerson("viktor@example.org", "Viktor P.", "student, asked for changes")
ROBIN = DemoPerson("robin@example.org", "Robin S.", "staff", is_staff=True)

DEMO_PEOPLE = (ROSA, MEI, VIKTOR, ROBIN)
