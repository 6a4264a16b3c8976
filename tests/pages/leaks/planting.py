"""One of everything that is not public, each with a word of its own, and who may read it.

A word looks like `Quokkadraftword`. Beside it stands `zebudraft`, by which it would be found.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.storage import default_storage
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Profile, User
from accounts.services import offer, suspend, take_place
from communities import workflow
from communities.enums import Action, Outcome, ReportDeed
from communities.importing import receive
from communities.models import Community, Insight, Reflection, SectionTemplate
from communities.services.document import save_section
from communities.services.implementations import add_implementation, add_reflection
from communities.services.moderating import decide_comments
from communities.services.profiles import save_profile
from communities.services.reports import add_report, decide, withdraw_consent
from communities.services.reviewing import keep_checklist, write_remark, write_staff_note
from communities.services.talking import add_comment, answer
from communities.services.team import invite, leave
from communities.services.unsaved import keep
from communities.services.vocabulary import propose_value
from communities.snapshot import Snapshot
from communities.subjects import find, insight_key
from communities.tagging import set_topics
from gallery.index import index_communities
from tests import factories

# How far each design got; a word stands in every text of it.
STATES = ("draft", "submitted", "changes", "declined", "withdrawn", "unpublished")
OUTSIDERS = ("visitor", "loner", "classmate", "rival", "former", "suspended")
INSIDERS = ("teammate", "author", "staff")
TEAM = frozenset(INSIDERS)
STAFF = frozenset(["staff"])
AUTHOR = frozenset(["author"])
# Not even shown to staff.
NOBODY = frozenset()


def word(what: str) -> str:
    return f"Quokka{what}word"


def text(what: str) -> str:
    return f"{word(what)} zebu{what}"


@dataclass
class Planted:
    """`readers` says who may read each word, `files` who may have the file with these bytes.

    `open_words` stand in what is public until `take_down`; `knows` says which of them the owner of
    an address wrote about, or wrote. `letters` were sent until then, `generation` was the state of
    the index while it was public, and `kept` are the pages that visitors were shown then.
    """

    people: SimpleNamespace
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    files: dict[bytes, frozenset[str]] = field(default_factory=dict)
    open_words: set[str] = field(default_factory=set)
    letters: list = field(default_factory=list)
    generation: str = ""
    kept: dict = field(default_factory=dict)
    knows: dict[str, set[str]] = field(default_factory=dict)
    shown: Community | None = None
    unpublished: Community | None = None
    rivals: Community | None = None
    colors: Iterator[int] = field(default_factory=lambda: iter(range(0, 256, 8)))

    def may_read(self, what: str, readers: frozenset[str]) -> str:
        self.readers[word(what).lower()] = readers
        return text(what)

    def address(self, what: str, readers: frozenset[str] = STAFF) -> str:
        """An e-mail address that only they may read."""
        self.may_read(what, readers)
        return f"{word(what)}@example.org".lower()

    def of(self, role: str) -> User | None:
        return getattr(self.people, role)

    def roles_of(self, address: str) -> set[str]:
        """Who gets letters at this address."""
        found = {role for role, one in vars(self.people).items() if one and one.email == address}
        return found or {"visitor"}


def plant() -> Planted:
    """Everything as long as some of it is public still."""
    planted = Planted(_people())
    author = planted.people.author
    for what in STATES:
        made = _design(planted, author, what, TEAM)
        _crew(planted, made, what)
        if what != "draft":
            _lead_to(what, factories.submit_for_review(made, by=author), planted)
        if what == "unpublished":
            planted.unpublished = made
            _at_its_own_address(planted, made, what)
    rival = planted.people.rival
    planted.rivals = _design(planted, rival, "rival", frozenset(["rival", "staff"]))
    planted.shown = _shown(planted)
    _comments(planted)
    _profiles(planted)
    _office(planted)
    planted.open_words = {
        word(what).lower()
        for what in ("unpublished", "hiddenphoto", "hiddeninsight", "hiddencomment", "hiddenabout")
    }
    return planted


def take_down(planted: Planted) -> None:
    """What was public and is not any more."""
    staff, shown = planted.people.staff, planted.shown
    planted.unpublished.refresh_from_db()
    submission = planted.unpublished.submissions.get()
    note = planted.may_read("unpublishednote", TEAM)
    workflow.move(submission, Action.UNPUBLISH, by=staff, revision=submission.revision, note=note)
    lessons = Snapshot.from_json(shown.published_version.snapshot).insights
    hidden = next(note for note in lessons if word("hiddeninsight") in note.headline)
    for kind, key in (
        ("photo", shown.photos.get(caption=text("hiddenphoto")).key.hex),
        ("insight", insight_key(shown.catalogue_number, hidden)),
        ("comment", str(shown.comments.get(text=text("hiddencomment")).pk)),
        ("profile", str(Profile.objects.get(user=planted.people.author).pk)),
    ):
        _report_and_hide(planted, kind, key)
    withdraw_consent(shown.photos.get(caption=text("takenback")))
    _write_on(planted)
    _talk_on(planted)


def _write_on(planted: Planted) -> None:
    """Its team goes on writing: every text of the working copy is another than what is public."""
    shown, words = planted.shown, planted.may_read("behind", TEAM)
    Community.objects.filter(pk=shown.pk).update(
        title=words, summary=words, description=words, purpose_who=words, purpose_what=words
    )
    shown.community_values.update(rationale=words, evidence=words)
    shown.sections.update(body=words)
    shown.implementations.update(place=words)
    Reflection.objects.filter(implementation__community=shown).update(worked_well=words)
    shown.insights.update(headline=words, body=words)
    shown.photos.filter(caption="A table").update(caption=words, alt=words)
    shown.attachments.update(caption=words)
    set_topics(shown, [word("behind")])


def _talk_on(planted: Planted) -> None:
    """Strangers are written to about the design, whose working copy is called otherwise by now."""
    people, shown = planted.people, Community.objects.get(pk=planted.shown.pk)
    said = add_comment(shown, kind="tried", text="Held.", author=people.loner)
    answer(said, text="Thank you.", by=people.author)
    asked = add_comment(shown, kind="question", text="How?", name="Kim", email="kim@example.org")
    decide_comments([asked.pk], by=people.staff, deed=ReportDeed.APPROVE)
    table = shown.photos.get(caption=text("behind"))
    for kind, key in (
        ("design", str(shown.catalogue_number)),
        ("photo", table.key.hex),
        ("comment", str(said.pk)),
    ):
        add_report(find(kind, key), problem="other", email="lee@example.org", source="two")
        kept = {"deed": ReportDeed.KEEP, "reason": "It may stay.", "seen": 2**63 - 1}
        decide(find(kind, key), by=people.staff, **kept)


def _report_and_hide(planted: Planted, kind: str, key: str) -> None:
    subject = find(kind, key)
    assert subject.is_shown, kind
    said = planted.may_read(f"{kind}report", STAFF)
    email = planted.address(f"{kind}reporter", NOBODY)
    # They saw what they report.
    planted.knows[email] = {word(f"hidden{'about' if kind == 'profile' else kind}").lower()}
    add_report(subject, problem="other", words=said, email=email, source="one")
    # Of a visitor's comment nobody is told.
    told = {"comment": STAFF, "profile": AUTHOR | STAFF}.get(kind, TEAM)
    hide = {"deed": ReportDeed.HIDE, "reason": planted.may_read(f"{kind}reason", told)}
    decide(find(kind, key), by=planted.people.staff, seen=2**63 - 1, **hide)
    # Another one, which nobody has looked at yet.
    waits = find("design", str(planted.shown.catalogue_number))
    said = planted.may_read(f"{kind}waits", STAFF)
    email = planted.address(f"{kind}waitsmail", NOBODY)
    add_report(waits, problem="other", words=said, email=email, source=kind)


def _people() -> SimpleNamespace:
    members = [role for role in (*INSIDERS, *OUTSIDERS) if role != "visitor"]
    people = {
        role: factories.person(f"{role.title()} Q.", is_staff=role == "staff") for role in members
    }
    return SimpleNamespace(**people, visitor=None)


def _design(planted: Planted, by: User, what: str, readers: frozenset[str]) -> Community:
    """A design with a word in every text, whose address and files are as private as it is."""
    words = planted.may_read(what, readers)
    planted.may_read(f"{what}slug", readers)
    made = factories.community(by, f"{words} design", summary=words, description=words)
    _at_its_own_address(planted, made, what)
    made.community_values.update(rationale=words, evidence=words)
    template = SectionTemplate.objects.get(key="big-purpose")
    save_section(made, template, by=by, revision=1, body=words)
    run = made.implementations.get()
    type(run).objects.filter(pk=run.pk).update(place=words)
    run.reflections.update(worked_well=words, did_not_work=words)
    Insight.objects.filter(community=made).update(headline=f"{words} lesson", body=words)
    set_topics(made, [f"{word(what)} topic"])
    photo = factories.photo(made, by=by, caption=words, alt=words, upload=_picture(planted))
    _keep_files(planted, photo, readers)
    factories.attachment(made, by=by, name=f"{word(what)}.csv", data=words.encode(), caption=words)
    return made


def _at_its_own_address(planted: Planted, made: Community, what: str) -> None:
    """With a word that is not the title's: what stands in the address may stand on the page."""
    Community.objects.filter(pk=made.pk).update(slug=word(f"{what}slug").lower())
    made.refresh_from_db()
    index_communities([made.pk])


def _picture(planted: Planted):
    """Each of another colour, so that no two of them are one file."""
    return factories.picture_file(color=f"#80{next(planted.colors):02x}80")


def _keep_files(planted: Planted, photo, readers: frozenset[str]) -> None:
    for file in photo.files:
        with default_storage.open(file["name"]) as stored:
            planted.files[stored.read()] = readers


def _crew(planted: Planted, made: Community, what: str) -> None:
    """A teammate, one who left, one whose account is closed, and one who is invited."""
    people = planted.people
    factories.team(people.teammate, people.former, people.suspended, made=made)
    leave(made, user=people.former)
    if what != "draft":
        return
    run = _second_run(made, by=people.author)
    alone = planted.may_read("alone", frozenset(["author", "staff"]))
    add_reflection(run, by=people.author, author=people.author, worked_well=alone)
    email = planted.address("invited", AUTHOR)
    planted.knows[email] = {word(what).lower()}
    invite(made, by=people.author, role="designer", lasts=timedelta(days=3), email=email)
    typed = planted.may_read("unsaved", AUTHOR)
    path = reverse("studio_section", args=[made.slug, "big-purpose"])
    keep(people.author.pk, path=path, fields=QueryDict(f"body={typed}"))


def _second_run(made: Community, *, by: User):
    """Of which the team has not spoken together."""
    when = date(2025, 5, 5)
    facts = {"outcome": Outcome.RAN, "mode": made.mode, "starts_on": when, "ends_on": when}
    return add_implementation(made, by=by, place="A barn", **facts)


def _lead_to(what: str, submission, planted: Planted) -> None:
    people = planted.people
    write_staff_note(submission, by=people.staff, text=planted.may_read(f"{what}staffnote", STAFF))
    place = {"target": "section", "target_key": "big-purpose", "label": "Big purpose"}
    if what == "submitted":
        unsent = planted.may_read("unsent", STAFF)
        write_remark(submission, by=people.staff, text=unsent, **place)
        note = planted.may_read("unsentnote", STAFF)
        keep_checklist(submission, by=people.staff, ticked=(), note=note)
    elif what == "changes":
        write_remark(submission, by=people.staff, text=planted.may_read("sent", TEAM), **place)
        _move(submission, Action.REQUEST_CHANGES, planted, what)
    elif what == "declined":
        _move(submission, Action.DECLINE, planted, what)
    elif what == "withdrawn":
        _move(submission, Action.WITHDRAW, planted, what)
    elif what == "unpublished":
        factories.tick(submission, by=people.staff)
        _move(submission, Action.APPROVE, planted, what)


def _move(submission, action: Action, planted: Planted, what: str) -> None:
    submission.refresh_from_db()
    by = planted.people.author if action is Action.WITHDRAW else planted.people.staff
    note = planted.may_read(f"{what}note", TEAM)
    workflow.move(submission, action, by=by, revision=submission.revision, note=note)


def _shown(planted: Planted) -> Community:
    """A public design, of which parts will be hidden."""
    people = planted.people
    made = factories.community(people.author, "Open design")
    factories.team(people.teammate, people.former, people.suspended, made=made)
    leave(made, user=people.former)
    factories.photo(made, by=people.author, caption="A table", upload=_picture(planted))
    factories.attachment(made, by=people.author, caption="Tools")
    hidden = planted.may_read("hiddenphoto", TEAM)
    photo = factories.photo(
        made, by=people.author, caption=hidden, alt=hidden, upload=_picture(planted)
    )
    _keep_files(planted, photo, STAFF)
    gone = planted.may_read("takenback", TEAM)
    photo = factories.photo(
        made, by=people.author, caption=gone, alt=gone, upload=_picture(planted)
    )
    _keep_files(planted, photo, TEAM)
    hidden = planted.may_read("hiddeninsight", TEAM)
    factories.insight(made, by=people.author, headline=hidden)
    return factories.publish(made, by=people.author, staff=people.staff)


def _comments(planted: Planted) -> None:
    """Of visitors: one that waits, one that was refused, and one that will be hidden."""
    for what, readers in (
        ("waitingcomment", STAFF),
        ("refusedcomment", STAFF),
        ("hiddencomment", TEAM),
    ):
        words = planted.may_read(what, readers)
        email = planted.address(f"{what}mail", NOBODY)
        planted.knows[email] = {word(what).lower(), word(f"{what}reason").lower()}
        name = words.split()[0]
        made = add_comment(planted.shown, kind="tried", text=words, name=name, email=email)
        deed = {"refusedcomment": ReportDeed.REFUSE, "hiddencomment": ReportDeed.APPROVE}.get(what)
        if deed is not None:
            reason = planted.may_read(f"{what}reason", STAFF)
            decide_comments([made.pk], by=planted.people.staff, deed=deed, reason=reason)


def _profiles(planted: Planted) -> None:
    """One that will be hidden, one that is switched off, one whose owner's account is closed."""
    for role, what, is_public, readers in (
        ("author", "hiddenabout", True, frozenset(["author", "staff"])),
        ("teammate", "offabout", False, frozenset(["teammate"])),
        ("suspended", "closedabout", True, NOBODY),
    ):
        words = planted.may_read(what, readers)
        save_profile(
            planted.of(role),
            handle=f"{role}-q",
            pronouns=words,
            about=words,
            is_public=is_public,
            is_of_age=True,
        )


def _office(planted: Planted) -> None:
    """Of a cohort, the line for it; why an account is closed; what was proposed and sent."""
    people = planted.people
    cohort = factories.cohort("Spring", capacity=2)
    for person in (people.author, people.classmate):
        take_place(person, cohort=cohort)
    name = planted.may_read("line", STAFF).split()[0]
    take_place(factories.person(name), cohort=cohort)
    email = planted.address("cohortmail")
    offer(by=people.staff, kind="cohort", lasts=timedelta(days=3), cohort=cohort, email=email)
    suspend(people.suspended, by=people.staff, reason=planted.may_read("suspended", STAFF))
    idea = planted.may_read("idea", frozenset(["author", "staff"]))
    propose_value(by=people.author, name=word("idea"), short=idea, why=idea)
    row = json.dumps({"title": planted.may_read("imported", STAFF)}).encode()
    receive(row, by=people.staff, name="one.jsonl", columns={}, publish=False)
    for role, readers in (("author", {"author", "staff"}), ("loner", {"loner", "staff"})):
        address = planted.address(f"{role}mail", frozenset(readers))
        User.objects.filter(pk=planted.of(role).pk).update(email=address)
        planted.of(role).emailaddress_set.update(email=address)
        planted.of(role).refresh_from_db()
