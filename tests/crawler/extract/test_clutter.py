"""What is taken out before the text is chosen, and what of a page's frame or folds is text all the same."""

from crawler.extract.body import find_body
from crawler.extract.clutter import clutter_of
from crawler.extract.document import parse_page
from crawler.extract.hints import NO_HINTS, Hints
from crawler.extract.plaintext import write_text

STORY = (
    "<p>The old bridge was closed on Monday after engineers found cracks in two of its piers, the city said.</p>"
    "<p>Repairs will take until spring; a ferry carries those who cannot wait, and it carries them for nothing.</p>"
    "<p>Nobody remembers when the river was last crossed by boat, said the keeper, who is ninety years old.</p>"
)
ARTICLE, PRODUCT = Hints(is_article=True), Hints(is_product=True)


def text_of(body: str, hints: Hints = NO_HINTS) -> str:
    page = parse_page(f"<html><body>{body}</body></html>".encode())
    assert page is not None
    content = find_body(page.tree, base="https://example.org/", hints=hints)
    return write_text(content) if content is not None else ""


def test_a_dialog_is_no_text() -> None:
    consent = (
        "<div role='dialog'><p>We and our 812 partners store information on your device, such as cookies.</p></div>"
    )
    text = text_of(f"<article>{consent}{STORY}</article>")
    assert "old bridge" in text
    assert "812 partners" not in text


def test_a_dialog_that_holds_the_page_is_its_text() -> None:
    assert "old bridge" in text_of(f"<div role='dialog' aria-modal='true'><article>{STORY}</article></div>")


def removed(body: str, hints: Hints) -> list[str]:
    page = parse_page(f"<html><body>{STORY}{body}{STORY}</body></html>".encode())
    assert page is not None
    return [each.why for each in clutter_of(page.tree, hints)]


def test_what_an_article_hides_is_left_out() -> None:
    hidden = "<div class='tab-panel' style='display:none'><p>The piers are nine metres high.</p></div>"
    assert removed(hidden, ARTICLE) == ["the page hides it"]


def test_what_a_reader_can_open_is_text() -> None:
    for fold in ("class='tab-panel'", "role='tabpanel'", "id='more-of-it'"):
        control = "<button aria-controls='more-of-it'>More</button>"
        hidden = f"{control}<div {fold} style='display:none'><p>The piers are nine metres high.</p></div>"
        assert removed(hidden, NO_HINTS) == [], fold
        assert removed(hidden, PRODUCT) == [], fold


def test_what_nobody_can_open_is_no_text() -> None:
    hidden = "<div class='box' style='display:none'><p>The piers are nine metres high.</p></div>"
    assert removed(hidden, NO_HINTS) == ["the page hides it"]


def test_reviews_stand_beside_a_product() -> None:
    review = "<p>I bought this bridge for my mother, and she could not be happier with it, thank you all so much.</p>"
    page = f"<main><div class='description'>{STORY}</div><div class='customer-reviews'>{review * 2}</div></main>"
    assert "my mother" not in text_of(page, PRODUCT)
    assert "old bridge" in text_of(page, PRODUCT)


def test_the_product_itself_stays_whatever_its_box_is_called() -> None:
    page = f"<main class='similar-page'><h1>A bridge</h1>{STORY}</main>"
    assert "old bridge" in text_of(page, PRODUCT)


def test_a_frame_that_is_never_closed_does_not_hide_the_page() -> None:
    for frame in ("header", "aside class='Popup-Overlay'", "nav", "form", "footer"):
        text = text_of(f"<{frame}><div><a href='/'>Home</a></div><article>{STORY}</article>")
        assert "old bridge" in text, frame
        assert "last crossed by boat" in text, frame


def test_sections_beside_the_one_that_was_kept_are_text_as_well() -> None:
    names = ("river", "ferry", "harbour", "quay", "mill", "weir", "lock")
    boxes = "".join(
        f"<div class='box'><div><h2>The {name}</h2></div><div><div><p>{words(name)}</p></div></div></div>"
        for name in names
    )
    beside = f"<div class='related-teasers'><p>{words('teaser')}</p></div>"
    text = text_of(f"<main id='main'><div class='box'>{STORY * 2}</div>{boxes}{beside}</main>")
    assert all(f"the {name} has" in text for name in names)
    assert "the teaser has" not in text


def words(name: str) -> str:
    return f"Of all that lies along the water the {name} has changed least, and whoever comes by in summer can see why."
