from enum import StrEnum


class Role(StrEnum):
    """What a person is to the site, from least to most trusted."""

    VISITOR = "visitor"
    MEMBER = "member"
    STAFF = "staff"
