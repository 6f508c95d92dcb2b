from crawler.extract.document import parse_page
from crawler.extract.microdata import OF_POST, Values, read_items

TYPE = "itemscope itemtype='https://schema.org/{}'"
ARTICLE, COMMENT, REVIEW = (TYPE.format(name) for name in ("Article", "Comment", "Review"))


def items_of(body: str) -> Values:
    page = parse_page(f"<html><body>{body}</body></html>".encode())
    assert page is not None
    return read_items(page.tree)


def test_values_come_from_attributes_or_text() -> None:
    items = items_of(
        '<b itemprop="headline">Blue <i>things</i></b><meta itemprop="datePublished" content="2026-04-02">'
    )
    assert items == {"headline": ("Blue things",), "datepublished": ("2026-04-02",)}


def test_what_a_comment_or_review_says_is_not_the_article_s() -> None:
    own = '<b itemprop="headline">Blue</b>'
    others = f'<p {COMMENT}><i itemprop="headline">Red</i></p><p {REVIEW}><i itemprop="headline">Green</i></p>'
    assert items_of(f"<div {ARTICLE}>{own}{others}</div>")["headline"] == ("Blue",)


def test_of_several_articles_the_one_with_the_h1_is_read() -> None:
    teaser = f'<div {ARTICLE}><b itemprop="headline">Red</b></div>'
    article = f'<div {ARTICLE}><h1 itemprop="headline">Blue</h1></div>'
    assert items_of(teaser + article + teaser)["headline"] == ("Blue",)
    assert "headline" not in items_of(teaser + teaser)


def test_the_first_of_nothing_but_posts_is_kept_apart() -> None:
    posts = "".join(f'<p {COMMENT}><i itemprop="datePublished">2026-04-0{day}</i></p>' for day in (2, 3))
    assert items_of(posts) == {f"{OF_POST}datepublished": ("2026-04-02",)}
