"""Every address × every role: what a GET answers, and that nobody changes what is not theirs.

302 is the way to the sign-in page. A new address fails here until it is given its row.
"""

import pytest

from tests.pages import world
from tests.pages.world import ROLES

EVERYBODY = (200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200)
TEAM_AND_STAFF = (302, 404, 200, 200, 200)
LEAD = (302, 404, 404, 200, 404)
TEAM = (302, 404, 200, 200, 404)
STAFF = (302, 404, 404, 404, 200)
POST_ONLY = (405, 405, 405, 405, 405)
NOT_WHEN_SIGNED_IN = (200, 302, 302, 302, 302)

PUBLIC = """home designs suggest insights_suggest insights_beside design design_document
    design_picture report
    report_thanks consent design_lineage design_cite attachment
    design_comments person
    design_export_json design_export_markdown values value insights picture specimen feed
    section designs_feed sitemap robots healthz readyz api_designs api_design api_insights
    api_openapi invitations invitation""".split()
STUDIO_READ = """studio_community studio_about studio_values studio_document studio_section
    studio_photos studio_implementations studio_implementation studio_reflections
    studio_reflection studio_insights studio_insight studio_preview studio_submit studio_team
    studio_versions studio_version studio_compare studio_export_json
    studio_export_markdown studio_attachments studio_attachment""".split()
STUDIO_WRITE = """studio_implementation_new studio_implementation_remove studio_reflection_new
    studio_reflection_remove studio_insight_new studio_insight_remove studio_photo_remove
    studio_team_leave studio_version_restore studio_withdraw studio_announcement studio_remark
    studio_photo_focus studio_photo_blur studio_photo_agreement studio_attachment_new
    studio_attachment_remove""".split()
STUDIO_LEAD = "studio_team_invite studio_team_remove".split()
OFFICE = """review_cohorts review_cohort_new review_cohort review_cohort_teams review_cohort_edit
    review_cohort_invite review_cohort_person review_cohort_roster review_imports review_import
    review_import_undo""".split()
REPORTS = ["reports", "report_decide", "suspension", "review_comments"]
OWN_ACCOUNT = """account_erase account_export account_profile account_details account_letters
    account_email account_change_password account_logout account_reauthenticate mfa_index
    mfa_list_webauthn""".split()
# Steps of a sign-in or a password reset that nobody here has begun, or that need a second proof.
NOT_BEGUN = """account_complete_password_reset account_confirm_login_code
    account_confirm_password_reset_code account_email_verification_sent account_set_password
    mfa_activate_totp mfa_add_webauthn mfa_authenticate mfa_edit_webauthn
    mfa_generate_recovery_codes mfa_login_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn
    mfa_remove_webauthn""".split()
NOT_SET_UP = """mfa_deactivate_totp mfa_download_recovery_codes mfa_view_recovery_codes""".split()

# visitor, classmate, teammate, author, staff
MATRIX = {
    **dict.fromkeys(PUBLIC, EVERYBODY),
    **dict.fromkeys(
        ["studio", "studio_start", "studio_notices", "studio_signed_in", "studio_propose"],
        SIGNED_IN,
    ),
    **dict.fromkeys(STUDIO_READ, TEAM_AND_STAFF),
    **dict.fromkeys(STUDIO_WRITE, TEAM),
    **dict.fromkeys(STUDIO_LEAD, LEAD),
    **dict.fromkeys(["review", "review_submission", "review_page", "review_erase"], STAFF),
    **dict.fromkeys(["review_log_csv", "review_log_json", *OFFICE, *REPORTS], STAFF),
    **dict.fromkeys(["review_vocabulary", "review_proposal", "review_word", "review_merge"], STAFF),
    # Of a design whose team is the author alone.
    "design_comment_answer": (302, 404, 404, 200, 404),
    "design_comment_take_back": (302, 404, 404, 200, 404),
    "review_retire": (302, 404, 404, 404, 405),
    # The decisions are forms on the submission's page, and lead back to it.
    **dict.fromkeys(
        [
            "review_decide",
            "review_unpublish",
            "review_restore",
            "review_cohort_code",
            "review_cohort_revoke",
            "review_remark",
            "review_note",
        ],
        (302, 404, 404, 404, 302),
    ),
    # Those of staff say so only to staff.
    **dict.fromkeys(
        ["review_take", "review_undo", "review_remark_change", "review_assign"],
        (302, 404, 404, 404, 405),
    ),
    **dict.fromkeys(
        [
            "theme",
            "design_comments_switch",
            "studio_photo_add",
            "studio_attachment_move",
            "studio_invitation_revoke",
            "studio_invitation_again",
        ],
        POST_ONLY,
    ),
    **dict.fromkeys(OWN_ACCOUNT, SIGNED_IN),
    **dict.fromkeys(NOT_BEGUN, (302, 302, 302, 302, 302)),
    **dict.fromkeys(NOT_SET_UP, (302, 404, 404, 404, 404)),
    **dict.fromkeys(
        ["account_login", "account_signup", "account_request_login_code"], NOT_WHEN_SIGNED_IN
    ),
    **dict.fromkeys(
        ["account_inactive", "account_password_reset_completed", "account_reset_password"],
        EVERYBODY,
    ),
    # Until an operator names a contact.
    "security_txt": (404, 404, 404, 404, 404),
}
# For whoever is signed in.
OPEN_STUDIO = ("studio_start", "studio_propose", "studio_signed_in", "studio_notices")
# Pages without a form of their own.
READ_ONLY = """studio_community studio_document studio_implementations studio_insights
    studio_photo_agreement studio_preview studio_reflections studio_version studio_compare
    studio_export_json studio_export_markdown studio_attachments""".split()
FORGED = {
    "title": "Forged",
    "name": "Forged",
    "body": "Forged",
    "kind": "school",
    "summary": "Forged",
    "headline": "Forged",
    "type": "worked",
    "outcome": "ran",
    "action": "approve",
    "decision": "approve",
    "note": "Forged",
    "confirm": "on",
    "agree": "on",
    "revision": "1",
    "save_version": "1",
    "member": "1",
    "deed": "lead",
    "way": "link",
    "role": "lead",
    "days": "14",
}


@pytest.fixture
def everything(cast):
    return world.build(cast)


def _answer(client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def test_every_address_has_a_row():
    assert world.names() == set(MATRIX)


def test_each_role_gets_the_answer_of_its_row(everything, sign_in, cast):
    found: dict[str, tuple] = dict.fromkeys(MATRIX, ())
    for role in ROLES:
        client = sign_in(getattr(cast, role))
        for name in MATRIX:
            found[name] += (_answer(client, everything.address(name)),)
    assert found == MATRIX


@pytest.mark.parametrize("role", ROLES)
def test_reading_changes_nothing(everything, sign_in, cast, role):
    before = world.fingerprint()
    client = sign_in(getattr(cast, role))
    for name in MATRIX:
        _answer(client, everything.address(name))
    assert world.fingerprint() == before


@pytest.mark.parametrize("role", ["visitor", "classmate", "staff"])
def test_outsiders_write_in_no_studio(everything, sign_in, cast, role):
    before = world.fingerprint()
    client = sign_in(getattr(cast, role))
    names = [name for name in MATRIX if name.startswith("studio_") and name not in OPEN_STUDIO]
    answers = {name: client.post(everything.address(name), FORGED).status_code for name in names}
    reading = dict.fromkeys(READ_ONLY, 405)
    assert answers == dict.fromkeys(names, 302 if role == "visitor" else 404) | reading
    assert world.fingerprint() == before


@pytest.mark.parametrize("role", ["visitor", "classmate", "teammate", "author"])
def test_nobody_but_staff_decides(everything, sign_in, cast, role):
    before = world.fingerprint()
    client = sign_in(getattr(cast, role))
    names = [*(name for name in MATRIX if name.startswith("review")), *REPORTS[1:3]]
    answers = {name: client.post(everything.address(name), FORGED).status_code for name in names}
    assert answers == dict.fromkeys(names, 302 if role == "visitor" else 404)
    assert world.fingerprint() == before


@pytest.mark.parametrize("role", ["visitor", "classmate"])
def test_what_is_not_published_shows_nowhere(everything, sign_in, cast, role):
    client = sign_in(getattr(cast, role))
    hidden = world.PLANTED
    searches = [f"/designs/?q={hidden}", f"/insights/?q={hidden}", f"/designs/{hidden.lower()}/"]
    addresses = [everything.address(name) for name in MATRIX] + searches
    told = []
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        # The words of the question itself may stand in the answer.
        if hidden.encode() in body.replace(f"q={hidden}".encode(), b"") and address not in searches:
            told.append(address)
        if address in searches:
            assert b"Waiting Design" not in body
    assert told == []
    assert hidden in sign_in(cast.author).get(everything.address("studio")).content.decode()
