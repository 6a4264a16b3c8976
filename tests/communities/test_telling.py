"""Everything that people are told of: on the site always, by letter to those who want it.

Each row of the table is one event, whom it concerns, and whether its letter can be declined.
"""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import UnwantedLetters
from accounts.notices import KINDS
from accounts.services import give_place, give_up_place, take_place
from communities import workflow
from communities.digest import send_digest
from communities.enums import Action, ReportDeed
from communities.models import Submission
from communities.services.moderating import decide_comments
from communities.services.profiles import save_profile
from communities.services.reports import add_report, decide, reinstate, settle, withdraw_consent
from communities.services.submitting import submit_for_review
from communities.services.talking import add_comment, answer
from communities.services.team import remove_member, take_out
from communities.services.vocabulary import accept_as_alias, decline_proposal, propose_value
from communities.subjects import find
from tests import factories

ANY_LINE = 2**63 - 1


@pytest.fixture
def world(cast):
    """One design of author and teammate that waits, and one that is published."""
    cast.waiting = factories.submitted(cast.author, "Waiting Design")
    factories.team(cast.teammate, made=cast.waiting.community)
    cast.shown = factories.community(cast.author, "Open Design")
    factories.team(cast.teammate, made=cast.shown)
    factories.photo(cast.shown, by=cast.author)
    cast.shown = factories.publish(cast.shown, by=cast.author, staff=cast.staff)
    cast.colleague = factories.person("Noor K.", is_staff=True)
    cast.author.notices.all().delete()
    return cast


def decided(action):
    def do(world):
        submission = world.waiting
        if action is Action.APPROVE:
            factories.tick(submission, by=world.staff)
            submission.refresh_from_db()
        elif action in (Action.UNPUBLISH, Action.RESTORE):
            submission = Submission.objects.get(community=world.shown)
        if action is Action.RESTORE:
            move(submission, Action.UNPUBLISH, by=world.staff)
            mail.outbox.clear()
        move(submission, action, by=world.staff)

    return do


def move(submission, action, *, by):
    submission.refresh_from_db()
    workflow.move(submission, action, by=by, revision=submission.revision, note="Because.")


def submitted(world):
    made = factories.community(world.author, "Another")
    factories.team(world.teammate, made=made)
    submit_for_review(made, by=world.teammate)


def withdrawn(world):
    move(world.waiting, Action.WITHDRAW, by=world.teammate)


def resubmitted(world):
    move(world.waiting, Action.REQUEST_CHANGES, by=world.staff)
    mail.outbox.clear()
    submit_for_review(world.waiting.community, by=world.author, note="Done.")


def handed_over(world):
    workflow.take(world.waiting, Action.HAND_OVER, by=world.colleague, to=world.staff)


def removed(world):
    member = world.shown.members.get(user=world.teammate)
    remove_member(world.shown, member.pk, by=world.author)


def removed_by_staff(world):
    take_out(world.shown.members.get(user=world.teammate), by=world.staff)


def proposal_declined(world):
    made = propose_value(by=world.author, name="Candour", short="Short.", why="Why.")
    decline_proposal(made, by=world.staff, answer="It is honesty.")


def proposal_is_an_alias(world):
    made = propose_value(by=world.author, name="Candour", short="Short.", why="Why.")
    accept_as_alias(made, by=world.staff, value=factories.Value.objects.get(slug="care"))


def place_became_free(world):
    cohort = factories.cohort(capacity=1)
    take_place(world.classmate, cohort=cohort)
    take_place(world.author, cohort=cohort)
    give_up_place(world.classmate, cohort=cohort)


def called_out_of_turn(world):
    cohort = factories.cohort(capacity=1)
    take_place(world.classmate, cohort=cohort)
    take_place(world.author, cohort=cohort)
    type(cohort).objects.filter(pk=cohort.pk).update(capacity=2)
    give_place(world.author, cohort=cohort)


def picture(world):
    return find("photo", world.shown.photos.get().key.hex)


def hidden_at_once(world):
    add_report(picture(world), problem="pictures-me")


def report_decided(world):
    add_report(picture(world), problem="other", reporter=world.classmate)
    mail.outbox.clear()
    decide(picture(world), by=world.staff, seen=ANY_LINE, deed=ReportDeed.HIDE, reason="Blurred.")


def warned(world):
    step(world, ReportDeed.WARN)


def suspended(world):
    step(world, ReportDeed.SUSPEND)


def step(world, what):
    save_profile(
        world.author, handle="amara", pronouns="", about="Spam.", is_public=True, is_of_age=True
    )
    about = find("profile", str(world.author.profile.pk))
    answer_ = {"deed": ReportDeed.KEEP, "reason": "Stop it.", "seen": ANY_LINE}
    settle(about, by=world.staff, step=what, person=world.author, **answer_)


def let_in_again(world):
    suspended(world)
    mail.outbox.clear()
    reinstate(world.author.suspensions.get(), by=world.staff, reason="Sorry.")


def consent_taken_back(world):
    withdraw_consent(world.shown.photos.get())


def commented(world):
    add_comment(world.shown, kind="tried", text="Held.", author=old(world.classmate))


def answered(world):
    said = add_comment(world.shown, kind="tried", text="Held.", author=old(world.classmate))
    mail.outbox.clear()
    answer(said, text="Thank you.", by=world.author)


def comment_refused(world):
    words = "See http://a.example http://b.example http://c.example"
    said = add_comment(world.shown, kind="tried", text=words, author=world.classmate)
    mail.outbox.clear()
    decide_comments([said.pk], by=world.staff, deed=ReportDeed.REFUSE, reason="Spam.")


def visitor_commented(world):
    add_comment(world.shown, kind="tried", text="Held.", name="Kim")


def reported(world):
    add_report(picture(world), problem="other")


def waits_too_long(world):
    long_ago = world.waiting.submitted_at - timedelta(days=60)
    Submission.objects.filter(pk=world.waiting.pk).update(submitted_at=long_ago)
    send_digest()


def old(person):
    person.date_joined -= timedelta(days=9)
    person.save()
    return person


# What happens, who is told, under which choice, and whether a letter comes: when it is wanted,
# and when it is not.
WANTED, ALWAYS, LATER, NEVER = (True, False), (True, True), (False, False), (False, False)
TABLE = [
    (submitted, "author", "team", WANTED),
    (withdrawn, "author", "team", WANTED),
    (removed, "teammate", "team", WANTED),
    (removed_by_staff, "teammate", "team", WANTED),
    # Their letters wait until the decision cannot be undone any more.
    (decided(Action.APPROVE), "author", "decisions", LATER),
    (decided(Action.DECLINE), "author", "decisions", LATER),
    (decided(Action.REQUEST_CHANGES), "author", "decisions", WANTED),
    (decided(Action.UNPUBLISH), "author", "decisions", WANTED),
    (decided(Action.RESTORE), "author", "decisions", WANTED),
    (resubmitted, "staff", "desk", WANTED),
    (handed_over, "staff", "desk", WANTED),
    (waits_too_long, "staff", "digest", WANTED),
    (proposal_declined, "author", "proposals", WANTED),
    (proposal_is_an_alias, "author", "proposals", WANTED),
    (place_became_free, "author", "places", WANTED),
    (called_out_of_turn, "author", "places", WANTED),
    (hidden_at_once, "author", "reported", WANTED),
    (report_decided, "teammate", "reported", WANTED),
    # To an address that was left for it, if one was.
    (report_decided, "classmate", "reported", NEVER),
    (reported, "staff", "reported", WANTED),
    (consent_taken_back, "teammate", "reported", WANTED),
    (warned, "author", "reported", ALWAYS),
    (suspended, "author", "reported", ALWAYS),
    (let_in_again, "author", "reported", ALWAYS),
    (commented, "teammate", "comments", WANTED),
    (answered, "classmate", "comments", WANTED),
    (comment_refused, "classmate", "comments", WANTED),
    (visitor_commented, "staff", "comments-wait", WANTED),
]
NAMES = [f"{row[0].__name__}-{row[1]}-{n}" for n, row in enumerate(TABLE)]


@pytest.mark.parametrize("is_wanted", [True, False], ids=["wanted", "declined"])
@pytest.mark.parametrize(("event", "who", "kind", "letters"), TABLE, ids=NAMES)
def test_on_the_site_always_and_by_letter_if_it_is_wanted(
    world, django_capture_on_commit_callbacks, event, who, kind, letters, is_wanted
):
    person = getattr(world, who)
    if not is_wanted:
        UnwantedLetters.objects.create(user=person, kind=kind)
    before = set(person.notices.values_list("pk", flat=True))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        event(world)
    [notice] = [row for row in person.notices.filter(kind=kind) if row.pk not in before][:1]
    assert notice.title
    assert notice.path.startswith("/")
    assert notice.read_at is None
    came = [letter for letter in mail.outbox if letter.to == [person.email]]
    assert bool(came) is letters[0 if is_wanted else 1]


def test_every_kind_of_letter_is_in_the_table():
    assert {kind for _, _, kind, _ in TABLE} == set(KINDS)
