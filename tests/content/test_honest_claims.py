"""No text that a visitor can read asserts one of the disputed claims."""

from collections.abc import Iterable

import pytest

from clinic.content import Content
from tests.content.asserting import asserted
from tests.content.disputed_claims import DISPUTED, PATTERNS, Claim
from tests.content.visible import Visible, content_texts, fact_texts, page_texts, words_of_page, words_of_script

every_claim = pytest.mark.parametrize("claim", DISPUTED, ids=lambda claim: claim.name)


@pytest.fixture(scope="module")
def visible(our_content: Content) -> list[Visible]:
    return [*content_texts(our_content), *fact_texts(), *page_texts()]


def complaints(claim: Claim, texts: Iterable[Visible]) -> list[str]:
    """Where it is claimed, in which sentence, what is wrong with it, and what to write."""
    return [
        f"{text.where} says “{sentence}” ({claim.name}): {claim.why}. Write for example: {claim.instead}"
        for text in texts
        for sentence in asserted(PATTERNS[claim.name], text.text)
    ]


@every_claim
def test_no_text_asserts_it(claim: Claim, visible: list[Visible]) -> None:
    told = complaints(claim, visible)

    assert not told, "\n".join(told)


# ---- All texts are looked at


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("content/answers/hydration.yml, question", "Does drinking water help"),
        ("content/answers/hydration.yml, answer", "Drink when you are thirsty"),
        ("content/answers/hydration.yml, more", "flushes out toxins"),
        ("content/answers/book_appointment.yml, asks > when", "When would you like to come"),
        ("content/answers/language.yml, languages > fr", "je ne parle qu'anglais"),
        ("content/answers/how_to_book.yml, more", "We offer Swedish massage"),
        ("content/stretches/knee_to_chest.yml, title", "Knee to chest"),
        ("content/stretches/knee_to_chest.yml, steps > 2 > text", "Ease the knee toward your chest"),
        ("content/stretches/knee_to_chest.yml, steps > 2 > alt", "Both hands draw the knee"),
        ("content/stretches/knee_to_chest.yml, dose", "Hold for about 5 seconds"),
        ("content/stretches/knee_to_chest.yml, stop_if > 1", "gets stronger"),
        ("content/stretches/knee_to_chest.yml, not_if > 1", "Bending forward"),
        ("content/facts/policies.yml, treatments_offered", "deep tissue massage"),
        ("content/facts/treatments.yml, swedish_massage", "Swedish massage"),
        ("web/widget/static/demo.html", "takes you step by step through a stretch"),
        ("web/widget/static/demo.html", "A demonstration of a massage clinic's chat assistant."),
        ("web/widget/static/chat.html", "General information, not a diagnosis."),
        ("web/widget/static/chat/strings.js", "No evidence: we found no good research on this."),
        ("web/widget/static/chat/strings.js", "A program answers here, not a person.\n\nYou don't need to give"),
        ("web/widget/static/loader.js", "Please call the clinic instead."),
    ],
)
def test_every_place_is_read(visible: list[Visible], where: str, words: str) -> None:
    assert [text for text in visible if text.where.startswith(where) and words in text.text]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Massage <em>reduces</em>\n  inflammation.</p>",
        "<ul><li>It is calm<li>It reduces inflammation</ul>",
        '<img src="a.svg" alt="Massage reduces inflammation">',
        '<meta name="description" content="Massage reduces inflammation.">',
        "<svg><title>It reduces inflammation</title></svg>",
        "<p>It reduces&nbsp;inflammation</p><script>let a = 1</script>",
    ],
)
def test_a_claim_on_a_page_is_found(page: str) -> None:
    assert list(asserted(PATTERNS["massage reduces inflammation"], words_of_page(page)))


@pytest.mark.parametrize(
    "script",
    [
        'say({ tip: "It reduces inflammation." }); // isn\'t so',
        "const tip = 'It doesn\\'t hurt and reduces inflammation';",
        'const tip = "Massage reduces " +\n  "inflammation.";',
        "const tip = `Today, ${name}:\n  massage reduces inflammation`;",
    ],
)
def test_a_claim_in_a_script_is_found(script: str) -> None:
    texts = words_of_script(script)

    assert [claim for text in texts for claim in asserted(PATTERNS["massage reduces inflammation"], text)]


def test_what_no_visitor_sees_is_no_claim() -> None:
    page = "<!-- It reduces inflammation --><script>// it reduces inflammation</script><p>Hello</p>"

    assert words_of_page(page) == "Hello"
    assert list(words_of_script("// it reduces inflammation\n/* it reduces inflammation */ hello()")) == []


# ---- The claims themselves


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [(claim, sentence) for claim in DISPUTED for sentence in claim.asserting],
    ids=lambda part: part.name if isinstance(part, Claim) else part,
)
def test_a_claim_is_noticed(claim: Claim, sentence: str) -> None:
    told = complaints(claim, [Visible("web/page.html", f"Hello, visitor.\n\n{sentence}\n\nGoodbye.")])

    assert told, f"the patterns of “{claim.name}” do not know this sentence"


@pytest.mark.parametrize("sentence", [sentence for claim in DISPUTED for sentence in claim.honest])
def test_an_honest_sentence_is_no_claim(sentence: str) -> None:
    told = [one for claim in DISPUTED for one in complaints(claim, [Visible("a text", sentence)])]

    assert not told, "\n".join(told)


@every_claim
def test_what_to_say_instead_asserts_none_of_them(claim: Claim) -> None:
    told = [one for other in DISPUTED for one in complaints(other, [Visible(claim.name, claim.instead)])]

    assert not told, "\n".join(told)


def test_the_complaint_names_the_place_the_sentence_the_claim_and_the_remedy() -> None:
    (claim,) = [claim for claim in DISPUTED if claim.name == "a firm mattress"]

    told = complaints(claim, [Visible("content/answers/sleep.yml, more", "Lie well.\n- Use a firm mattress.")])

    assert told == [
        "content/answers/sleep.yml, more says “Use a firm mattress.” (a firm mattress): contradicted: medium-firm did "
        "better than firm, and people with leg pain were left out. Write for example: No mattress is proven for "
        "sciatica; choose one that is comfortable."
    ]


# ---- How far a denial reaches


@pytest.mark.parametrize(
    "text",
    [
        "Massage is not painful and reduces inflammation.",
        "Massage is not cheap, but it reduces inflammation.",
        "If you don't mind oil, massage reduces inflammation.",
        "It is not expensive; it reduces inflammation.",
        "Massage not only relaxes, it reduces inflammation.",
        "There is no doubt that massage reduces inflammation.",
        "Massage never fails to reduce inflammation.",
        "Nobody disputes that massage reduces inflammation.",
        "Massage reduces inflammation and is not painful.",
        "Massage reduces inflammation. It does not hurt.",
        "There is no better time.\n- Massage reduces inflammation",
        "You may have heard that massage reduces inflammation. It feels good too.",
        "Did you know that massage reduces inflammation?",
        "**Not sure?**\n\nMassage reduces inflammation.",
    ],
)
def test_a_no_elsewhere_denies_nothing(text: str) -> None:
    assert list(asserted(PATTERNS["massage reduces inflammation"], text))


@pytest.mark.parametrize(
    "text",
    [
        "Massage does not reduce inflammation.",
        "Massage doesn’t reduce inflammation.",
        "No study has shown that massage relaxes you and reduces inflammation.",
        "We found no evidence that it helps, lasts or reduces inflammation.",
        "That massage reduces inflammation has not been shown.",
        "That massage reduces inflammation is a myth.",
        "The idea that massage reduces inflammation is not supported by good evidence.",
        "You may have heard that massage reduces inflammation. Nobody has shown that.",
        "**Not shown:**\n\n- it reduces inflammation\n- it makes you taller",
        "Does massage reduce inflammation?",
    ],
)
def test_a_denial_a_doubt_or_a_question_is_no_claim(text: str) -> None:
    assert list(asserted(PATTERNS["massage reduces inflammation"], text)) == []
