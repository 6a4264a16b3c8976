"""Looking back alone, then together; insights from sentences; lessons of others; the next run."""

import json
import re

import pytest
from django.urls import reverse

from communities.models import Implementation, Insight, Reflection
from communities.services.implementations import add_reflection
from communities.services.versions import freeze
from communities.services.working_copy import snapshot_of
from communities.snapshot import Snapshot
from tests import factories
from tests.html import assert_valid

from .fields import fields_of

SECRET = "The tyres were what held it together."


@pytest.fixture
def run(design):
    """A run on which nobody has looked back."""
    run = design.implementations.get()
    run.reflections.all().delete()
    return run


def question_fields(html: str) -> list[str]:
    return re.findall(r'<textarea name="(about_[0-9a-f]{12})"', html)


def test_the_questions_of_the_values_are_asked_and_their_answers_shown(
    cast, design, at, sign_in, run
):
    client = sign_in(cast.author)
    html = client.get(at("studio_reflection_new")).content.decode()
    assert_valid(html)
    asked = question_fields(html)
    held = [link.tag for link in design.community_values.all()]
    assert len(asked) == sum(value.questions.count() for value in held) > 0
    sent = {"implementation": run.pk, "voice": "team", "stage": "after", asked[0]: "<b>Yes.</b>"}
    assert client.post(at("studio_reflection_new"), sent).status_code == 302
    told = run.reflections.get()
    first = held[0].questions.first()
    assert told.value_answers == [
        {
            "value": held[0].slug,
            "name": held[0].name,
            "question": first.text,
            "answer": "<b>Yes.</b>",
        }
    ]
    shown = client.get(at("studio_preview")).content.decode()
    assert_valid(shown)
    assert "&lt;b&gt;Yes.&lt;/b&gt;" in shown
    assert f"**{held[0].name}: {first.text}** <b>Yes.</b>" in _markdown(client, at)
    # The question is changed and the value no longer held: what was answered stays.
    held[0].questions.all().delete()
    design.community_values.all().delete()
    form = client.get(at("studio_reflection", told.pk)).content.decode()
    assert question_fields(form) == [asked[0]]
    assert "&lt;b&gt;Yes.&lt;/b&gt;" in form


def _markdown(client, at) -> str:
    return client.get(at("studio_export_markdown")).content.decode()


def test_a_snapshot_from_before_the_questions_still_reads(cast, design):
    said = snapshot_of(design).to_json()
    said = json.loads(json.dumps(said))
    for run in said["implementations"]:
        del run["goals"]
        for told in run["reflections"]:
            del told["value_answers"]
    assert Snapshot.from_json(said) == snapshot_of(design)


def test_too_long_an_answer_comes_back_whole(cast, design, at, sign_in, run):
    client = sign_in(cast.author)
    asked = question_fields(client.get(at("studio_reflection_new")).content.decode())
    sent = {"implementation": run.pk, "voice": "me", "stage": "after", asked[0]: "x" * 5001}
    answer = client.post(at("studio_reflection_new"), sent)
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()


def test_what_teammates_wrote_is_read_after_ones_own(cast, design, at, sign_in, run):
    add_reflection(run, by=cast.author, author=cast.author, worked_well=SECRET)
    freeze(design, by=cast.author)
    pages = [
        at("studio_reflections"),
        at("studio_reflection_new") + "?voice=team",
        at("studio_preview"),
        at("studio_version", 1),
        at("studio_compare") + "?from=now&to=1",
        at("studio_export_markdown"),
        at("studio_export_json"),
    ]
    reader = sign_in(cast.teammate)
    found = {page: SECRET in reader.get(page).content.decode() for page in pages}
    assert found == dict.fromkeys(pages, False)
    assert "has answered. You can read it once" in reader.get(pages[0]).content.decode()
    assert "Each of you answers alone first." in reader.get(pages[1]).content.decode()
    assert SECRET in sign_in(cast.staff).get(pages[2]).content.decode()
    add_reflection(run, by=cast.teammate, author=cast.teammate, surprised="The rain.")
    reader = sign_in(cast.teammate)
    for page in (pages[1], pages[2], pages[5], pages[6]):
        assert SECRET in reader.get(page).content.decode()


def test_the_synthesis_shows_the_answers_side_by_side(cast, design, at, sign_in, run):
    add_reflection(run, by=cast.author, author=cast.author, worked_well=SECRET)
    add_reflection(run, by=cast.teammate, author=cast.teammate, worked_well="The <i>bell</i>.")
    client = sign_in(cast.author)
    for address in (
        at("studio_reflection_new") + "?voice=team",
        at("studio_reflection", add_reflection(run, by=cast.author, matched="All.").pk),
    ):
        html = client.get(address).content.decode()
        assert_valid(html)
        beside = re.search(r'<div class="voices".*?</div>', html, re.DOTALL)[0]
        assert SECRET in beside
        assert "The &lt;i&gt;bell&lt;/i&gt;." in beside
        assert [cast.author.name, cast.teammate.name] == re.findall(r"muted\">([^<]+)<", beside)


def test_a_synthesis_opens_the_answers_to_all(cast, design, at, sign_in, run):
    add_reflection(run, by=cast.author, author=cast.author, worked_well=SECRET)
    add_reflection(run, by=cast.author, worked_well="We all said the tyres.")
    html = sign_in(cast.teammate).get(at("studio_reflections")).content.decode()
    assert "has answered. You can read it once" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_reflecting_costs_the_same_for_one_and_for_three(
    cast, design, at, sign_in, run, django_assert_num_queries, number
):
    for _ in range(number):
        add_reflection(run, by=cast.author, author=cast.author, worked_well=SECRET)
    client = sign_in(cast.author)
    with django_assert_num_queries(6):
        client.get(at("studio_reflections"))
    with django_assert_num_queries(7):
        client.get(at("studio_reflection_new") + "?voice=team")


def test_a_sentence_becomes_an_insight_by_one_press(cast, design, at, sign_in, run):
    text = "The queue grew. Nobody told us! Next time a bell."
    add_reflection(run, by=cast.author, author=cast.author, did_not_work=text)
    client = sign_in(cast.author)
    page = client.get(at("studio_reflections"))
    html = page.content.decode()
    assert_valid(html)
    buttons = re.findall(r'name="sentence" value="([^"]+)">([^<]+)<', html)
    assert [words for _, words in buttons] == [
        "The queue grew.",
        "Nobody told us!",
        "Next time a bell.",
    ]
    sent = {**fields_of(page), "sentence": buttons[1][0]}
    # A second click finds what the first one made.
    answers = [client.post(at("studio_insight_new"), sent) for _ in range(2)]
    made = Insight.objects.get(headline="Nobody told us!")
    assert [answer.url for answer in answers] == [at("studio_insight", made.pk)] * 2
    assert (made.type, made.body, made.basis) == ("did-not-work", text, "")
    assert "An insight was made of the sentence." in client.get(answers[0].url).content.decode()


def test_what_is_no_answer_of_ones_own_says_nothing_but_the_words(cast, design, at, sign_in, run):
    told = add_reflection(run, by=cast.author, author=cast.author, did_not_work="Secret queue.")
    client = sign_in(cast.teammate)
    keys = [f"{pk}:did_not_work" for pk in (told.pk, "9" * 30, "x", "٣", "")]
    keys.append(f"{told.pk}:author")
    for key in keys:
        answer = client.post(at("studio_insight_new"), {"sentence": f"{key}:My: own"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Choose what kind of lesson it is." in page
        assert ">\nMy: own</textarea>" in page
        assert "Secret" not in page
    for cut in ("", ":", "::"):
        assert client.post(at("studio_insight_new"), {"sentence": cut}).status_code == 422
    long = client.post(at("studio_insight_new"), {"sentence": f"{keys[0]}:{'x' * 241}"})
    assert "Shorten this to 240 characters; it has 241 now." in long.content.decode()


def test_a_sentence_survives_the_end_of_a_session(cast, design, at, sign_in, run):
    told = add_reflection(run, by=cast.author, author=cast.author, surprised="A choir.")
    client = sign_in(cast.author)
    sent = {**fields_of(client.get(at("studio_reflections")))}
    client.logout()
    client.post(at("studio_insight_new"), {**sent, "sentence": f"{told.pk}:surprised:A choir."})
    back = fields_of(sign_in(cast.author).get(at("studio_insight_new")))
    assert (back["headline"], back["type"]) == (["A choir."], ["surprised"])


def test_lessons_of_others_stand_beside_the_form(
    cast, design, at, sign_in, run, client, django_assert_num_queries
):
    near = factories.published(cast.author, cast.staff, "Near", kind="workshop")
    factories.published(cast.author, cast.staff, "Far", kind="camp", values=("mastery",))
    Insight.objects.filter(community=near).update(headline="Theirs")
    html = sign_in(cast.author).get(at("studio_reflection_new")).content.decode()
    part = re.search(r'data-loads="([^"]+)"', html)[1].replace("&amp;", "&")
    page = re.search(r'href="([^"]+)" data-loads', html)[1].replace("&amp;", "&")
    assert client.get(page).status_code == 200
    client.get(part)
    with django_assert_num_queries(2):
        answer = client.get(part)
    said = answer.content.decode()
    assert re.findall(r"/designs/([a-z-]+)/", said) == ["near", "far"]
    alone = client.get(f"{part.split('&but')[0]}&but=near").content.decode()
    assert re.findall(r"/designs/([a-z-]+)/", alone) == ["far"]
    for odd in ("?value=<script>", "?kind=nonsense", "?but=x", "?value=care&but=" + "x" * 999):
        answer = client.get(reverse("insights_beside") + odd)
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def test_the_next_iteration_begins_with_what_to_do_differently(cast, design, at, sign_in, run):
    words = "Start with four benches. Add one each day."
    add_reflection(run, by=cast.author, differently=words)
    client = sign_in(cast.author)
    address = f"{at('studio_implementation_new')}?after={run.pk}"
    assert address in client.get(at("studio_implementations")).content.decode()
    form = client.get(address).content.decode()
    assert_valid(form)
    assert ">\nStart with four benches.\nAdd one each day.</textarea>" in form
    assert 'value="A bicycle shop"' in form
    rows = {"sessions-TOTAL_FORMS": "0", "sessions-INITIAL_FORMS": "0"}
    sent = {"outcome": "not-yet-run", "goals": "- Four benches\n- <i>Bell</i>", **rows}
    assert client.post(at("studio_implementation_new"), sent).status_code == 302
    assert Implementation.objects.get(community=design, outcome="not-yet-run").goals == (
        "- Four benches\n- <i>Bell</i>"
    )
    shown = client.get(at("studio_preview")).content.decode()
    assert_valid(shown)
    assert "<li>Four benches</li><li>&lt;i&gt;Bell&lt;/i&gt;</li>" in shown
    for odd in ("x", "9" * 30, "0", "-1"):
        assert client.get(f"{at('studio_implementation_new')}?after={odd}").status_code == 200


def test_goals_are_not_drawn_from_what_one_may_not_read_yet(cast, design, at, sign_in, run):
    add_reflection(run, by=cast.author, author=cast.author, differently=SECRET)
    address = f"{at('studio_implementation_new')}?after={run.pk}"
    assert SECRET not in sign_in(cast.teammate).get(address).content.decode()
    assert SECRET in sign_in(cast.author).get(address).content.decode()


def test_a_draft_can_be_taken_away(cast, design, at, sign_in):
    factories.photo(design, by=cast.author, caption="The table")
    client = sign_in(cast.teammate)
    answer = client.get(at("studio_export_json"))
    assert answer["Content-Disposition"] == 'attachment; filename="bench-swap-draft.json"'
    data = json.loads(answer.content)
    assert (data["title"], data["photos"][0]["caption"]) == ("Bench Swap", "The table")
    assert "cover_key" not in data
    answer = client.get(at("studio_export_markdown"))
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("# Bench Swap\n")
    assert "A working copy, as it stood on" in text
    assert Reflection.objects.exists()
