"""Every page a person can open, for everybody: axe, markup, keyboard, small screens.

Each in four states, wide and narrow, light and dark; a new address fails until it is walked.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from communities.models import Community, Submission
from communities.services.about import save_about
from tests import factories
from tests.accounts import door
from tests.pages.world import names

from . import world
from .deeds import add_passkey, end_session, enter, give_passkeys, press
from .walk import Walk

PUBLIC = """home designs design design_document design_lineage design_cite design_picture values
    value section insights specimen report report_thanks consent design_comments person
    invitations invitation""".split()
ENTRANCE = """account_login account_signup account_reset_password account_request_login_code
    account_inactive account_password_reset_completed""".split()
BY_LETTER = """account_email_verification_sent account_confirm_password_reset_code
    account_complete_password_reset account_confirm_login_code""".split()
MEMBERS = """account_erase account_profile account_details account_letters account_email
    account_change_password mfa_index mfa_list_webauthn mfa_add_webauthn mfa_activate_totp 
    account_reauthenticate account_logout""".split()
WITH_SECOND_STEP = """mfa_index mfa_view_recovery_codes mfa_generate_recovery_codes
    mfa_deactivate_totp mfa_reauthenticate mfa_list_webauthn mfa_edit_webauthn mfa_remove_webauthn
    mfa_reauthenticate_webauthn""".split()
STUDIO = """studio studio_start studio_notices studio_signed_in studio_community studio_about
    studio_values studio_document studio_section studio_photos studio_photo_remove
    studio_photo_focus studio_photo_blur studio_photo_agreement studio_implementations
    studio_implementation_new studio_implementation studio_announcement studio_implementation_remove
    studio_reflections studio_reflection_new studio_reflection studio_reflection_remove
    studio_insights studio_insight_new studio_insight studio_insight_remove studio_preview
    studio_submit studio_withdraw studio_versions studio_version studio_team studio_team_invite
    studio_team_leave studio_team_remove studio_compare studio_version_restore
    studio_attachments studio_attachment studio_attachment_new
    studio_attachment_remove studio_remark studio_propose design_comment_answer
    design_comment_take_back""".split()
REVIEW = """review review_erase review_submission review_page review_unpublish review_restore
    reports report_decide suspension review_comments""".split()
OFFICE = """review_cohorts review_cohort_new review_cohort review_cohort_teams review_cohort_edit
    review_cohort_invite review_cohort_person review_imports review_import
    review_import_undo review_vocabulary review_word review_merge review_proposal""".split()
NO_PAGES = """attachment studio_attachment_move account_export
    account_set_password api_design api_designs api_insights api_openapi designs_feed
    design_export_json design_export_markdown feed healthz insights_beside insights_suggest
    mfa_authenticate mfa_download_recovery_codes mfa_login_webauthn picture readyz review_decide
    robots security_txt studio_export_json studio_export_markdown sitemap studio_photo_add
    suggest design_comments_switch
    theme studio_invitation_again studio_invitation_revoke review_cohort_code
    review_cohort_revoke review_cohort_roster review_assign review_log_csv review_log_json
    review_note review_remark review_remark_change review_take review_undo review_retire""".split()

PLAIN = ["400.html", "403.html", "403_csrf.html", "413.html", "414.html", "429.html", "500.html"]
PLAIN += ["503.html"]

WRITABLE = "textarea, input:not([type=radio]):not([type=checkbox])"
# A page, a field of it, what makes no sense in it, and the button.
SPOILT = [
    ("/studio/start/", "What is it called?", "", "Begin"),
    ("/studio/{}/about/", "Title", "", "Save"),
    ("/studio/{}/values/", "How care shapes the design", "x" * 5001, "Save"),
    ("/studio/{}/document/structure/", "Text of “Structure”", "x" * 250_001, "Save"),
    ("/studio/{}/runs/new/", "Last day", "2026-03-01", "Save"),
    ("/studio/{}/reflections/new/", "What worked well", "", "Save"),
    ("/studio/{}/insights/new/", "What it rests on", "", "Save"),
    ("/studio/{}/photos/", "Description", "", "Save all"),
    ("/studio/{}/versions/", "What should it be called?", "x" * 301, "Save a version"),
    ("/studio/{}/team/invite/", "E-mail addresses", "nobody@nowhere", "Invite"),
    ("/studio/{}/withdraw/", "Why you withdraw it", "x" * 5001, "Withdraw it"),
    ("/studio/a-bare-draft/submit/", "A note to your reviewer", "", "Submit for review"),
]


@pytest.fixture
def everything(cast):
    return world.build(cast)


def test_every_address_is_walked_or_is_no_page():
    walked = PUBLIC + ENTRANCE + BY_LETTER + MEMBERS + WITH_SECOND_STEP + STUDIO + REVIEW + OFFICE
    assert set(walked) | {"mfa_authenticate"} | set(NO_PAGES) == names()


def test_what_visitors_see(open_page, everything):
    walk = Walk(open_page())
    walk.to(*map(everything.address, PUBLIC))
    walk.to(
        "/designs/?value=care&value=play&match=all&kind=camp&q=think",
        "/designs/?page=2&sort=participants&value=care",
        "/designs/?q=zeppelin&kind=library",
        "/designs/?kind=nonsense&page=99",
        "/insights/?value=play&type=surprised",
        "/insights/?q=zeppelin",
        "/values/courage/",
    )
    walk.to(everything.address("design_comments"))
    walk.sends("Send it")
    full = Community.objects.get(title__startswith="The Full House")
    for name in ("design", "design_document", "design_lineage", "design_cite"):
        walk.to(reverse(name, args=[full.slug]))
    walk.to("/nowhere/", status=404)
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("template", PLAIN)
def test_when_something_is_wrong(open_page, site, template):
    page = open_page()
    html = render_to_string(template, {"site_name": "Gatherings"})
    page.route("**/as-it-happens", lambda route: route.fulfill(body=html, content_type="text/html"))
    walk = Walk(page)
    walk.to("/as-it-happens")
    assert not walk.faults, "\n".join(walk.faults)


def test_the_ways_in(open_page, site):
    page = open_page()
    walk = Walk(page)
    walk.to(*map(reverse, ENTRANCE))
    walk.to(reverse("account_login"))
    page.get_by_label("E-mail address").fill("nobody@example.org")
    walk.sends("Sign in")
    walk.to(reverse("account_signup"))
    walk.sends("Make my account")
    page.get_by_label("Your name").fill("Nadia K.")
    page.get_by_label("E-mail address").fill("nadia@example.org")
    page.get_by_label("Password").fill(factories.PASSWORD)
    walk.sends("Make my account", status=200)
    page.get_by_label("Code").fill("wrong")
    walk.sends("Confirm my address")
    assert not walk.faults, "\n".join(walk.faults)


def test_the_ways_in_by_letter(open_page, cast):
    page = open_page()
    walk = Walk(page)
    walk.to(reverse("account_request_login_code"))
    page.get_by_label("E-mail address").fill(cast.author.email)
    walk.sends("Send me a code", status=200)
    page = open_page()
    walk = Walk(page, faults=walk.faults)
    walk.to(reverse("account_reset_password"))
    page.get_by_label("E-mail address").fill(cast.author.email)
    walk.sends("Send me a code", status=200)
    page.get_by_label("Code").fill(door.last_code())
    walk.sends("Go on", status=200)
    page.get_by_label("New password").fill("short")
    walk.sends("Save the password")
    assert not walk.faults, "\n".join(walk.faults)


def test_what_members_see(open_page, everything, cast):
    page = open_page()
    walk = Walk(page)
    page.goto(reverse("account_login"))
    enter(page, cast.author.email)
    walk.to(*map(reverse, MEMBERS))
    walk.to(reverse("account_details"))
    page.get_by_label("Your name").fill("")
    walk.sends("Save")
    walk.to(reverse("account_change_password"))
    walk.sends("Change the password")
    walk.to(reverse("account_email"))
    page.get_by_label("New e-mail address").fill("amara.new@example.org")
    walk.sends("Send a code to this address", status=200)
    assert not walk.faults, "\n".join(walk.faults)


def test_what_members_with_a_second_step_see(signed_in, everything, cast, site):
    client = Client()
    door.sign_in(client, cast.author.email)
    door.set_up_app(client)
    page = signed_in(cast.author, client=client)
    give_passkeys(page)
    add_passkey(page, "My phone")
    key = Authenticator.objects.get(type="webauthn")
    everything.args.update(mfa_edit_webauthn=[key.pk], mfa_remove_webauthn=[key.pk])
    walk = Walk(page)
    walk.to(*map(everything.address, WITH_SECOND_STEP))
    page.goto(reverse("account_logout"))
    press(page, "Sign out")
    page.goto(reverse("account_login"))
    enter(page, cast.author.email)
    walk.to(reverse("mfa_authenticate"))
    page.get_by_label("Code").fill("123")
    walk.sends("Sign in")
    assert not walk.faults, "\n".join(walk.faults)


def test_what_teams_see(signed_in, everything, cast):
    page = signed_in(cast.author)
    walk = Walk(page)
    walk.to(*map(everything.address, STUDIO))
    full = Community.objects.get(title__startswith="The Full House")
    parts = ["", "photos/", "reflections/", "insights/", "submit/", "preview/"]
    parts += ["document/structure/", "document/is-and-is-not/", "versions/", "versions/2/"]
    walk.to(*(f"/studio/{full.slug}/{part}" for part in parts))
    empty = ["", "photos/", "runs/", "reflections/", "insights/", "submit/", "versions/"]
    walk.to(*(f"/studio/a-bare-draft/{part}" for part in empty))
    walk.to("/studio/turned-away/", "/studio/turned-away/submit/")
    assert not walk.faults, "\n".join(walk.faults)


def test_what_teams_see_when_something_is_wrong(signed_in, everything, cast):
    page = signed_in(cast.author)
    page.on("dialog", lambda dialog: dialog.accept())
    walk = Walk(page)
    slug = everything.args["studio_about"][0]
    for path, label, words, button in SPOILT:
        page.goto(path.format(slug))
        page.get_by_label(label).and_(page.locator(WRITABLE)).first.fill(words)
        walk.sends(button)
    page.goto(f"/studio/{slug}/about/")
    theirs = Community.objects.get(slug=slug)
    save_about(theirs, by=cast.teammate, revision=theirs.revision, topics=[], summary="Theirs.")
    # What could not be saved above is back in the form.
    words = {"title": "Of two hands", "summary": "Ours."}
    walk.look(_posted_without_script(page, words), status=409)
    page.goto(f"/studio/{slug}/document/structure/")
    world.write(theirs, "structure", by=cast.teammate, body="Theirs.")
    walk.look(_posted_without_script(page, {"body": "Ours."}), status=409)
    page.goto(f"/studio/{slug}/document/structure/")
    end_session(page)
    page.get_by_role("textbox", name="Text of “Structure”").fill("Not lost.")
    walk.sends("Save", status=200)
    enter(page, cast.author.email)
    walk.to(f"/studio/{slug}/document/structure/", "/studio/")
    assert not walk.faults, "\n".join(walk.faults)


def _posted_without_script(page, words: dict):
    """The answer as a page. Written and sent at once: the script, which saves when a field is
    left, would put both together or show the lost race in place.
    """
    send = """words => {
        const form = document.querySelector('main form[data-keep]');
        for (const [name, text] of Object.entries(words)) form.elements[name].value = text;
        form.submit();
    }"""
    with page.expect_navigation() as answer:
        page.evaluate(send, words)
    return answer.value


def test_what_the_office_sees(signed_in, everything, cast):
    page = signed_in(cast.staff)
    walk = Walk(page)
    walk.to(*map(everything.address, OFFICE))
    page.goto(everything.address("review_cohort_edit"))
    page.get_by_label("Name").fill("")
    walk.sends("Save")
    page.goto(everything.address("review_cohort_invite"))
    page.get_by_label("E-mail addresses").fill("new@example.org, John Smith\nno@where")
    walk.sends("Invite them", status=200)
    walk.sends("Make a code", status=200)
    page.goto(everything.address("review_imports"))
    walk.sends("Preview")
    rows = b"title,kind,starts\nFine,workshop,2025-03-01\n,circus,soon\n"
    page.goto(everything.address("review_imports"))
    page.set_input_files("#id_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": rows})
    walk.sends("Preview", status=200)
    assert not walk.faults, "\n".join(walk.faults)


def test_what_reviewers_see(signed_in, everything, cast):
    page = signed_in(cast.staff)
    walk = Walk(page)
    slug = everything.args["studio_about"][0]
    parts = ["", "about/", "values/", "document/structure/", "photos/", "submit/", "versions/"]
    walk.to(*(f"/studio/{slug}/{part}" for part in parts))
    queue = reverse("review")
    walk.to(queue, f"{queue}?tab=conversation", f"{queue}?tab=decided", f"{queue}?q=zeppelin")
    for row in Submission.objects.order_by("pk"):
        walk.to(reverse("review_submission", args=[row.pk]))
    published = Submission.objects.filter(status="published").first()
    walk.to(reverse("review_page", args=[row.pk]))
    walk.to(reverse("review_unpublish", args=[published.pk]))
    walk.sends("Unpublish")
    page.get_by_label("Note").or_(page.get_by_label("To the team")).fill("Why.")
    press(page, "Unpublish")
    walk.to(reverse("review_restore", args=[published.pk]))
    waiting = Submission.objects.filter(status="submitted").first()
    walk.to(reverse("review_submission", args=[waiting.pk]))
    walk.sends("Send to the team")
    factories.approve(waiting, by=factories.person("Ines B.", is_staff=True))
    page.get_by_label("Decline").check()
    page.get_by_label("To the team").fill("Too late.")
    walk.sends("Send to the team", status=409)
    assert not walk.faults, "\n".join(walk.faults)
