"""Pages as the makers of walls serve them, and articles that speak of walls. Not a test."""

from dataclasses import dataclass, field

from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from storage.verdict import Verdict

URL = "https://news.example.org/2026/04/bowers-of-blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page and how it ought to end. says: words that its reason holds."""

    name: str
    html: str
    verdict: Verdict
    says: tuple[str, ...] = ()
    cause: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    url: str = URL
    asked: str = URL

    def extracted(self) -> Extraction:
        raw = RawPage(html=self.html.encode(), url=self.url, asked=self.asked, status=self.status, headers=self.headers)
        return extract_page(raw)


def page(title: str, body: str, head: str = "", *, lang: str = "en") -> str:
    """Return a page; it says no more of itself than it must."""
    return f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def prose(*sentences: str, times: int = 1) -> str:
    """Return paragraphs of these sentences."""
    return "".join(f"<p>{sentence}</p>" for sentence in sentences) * times


def article(title: str, *sentences: str, times: int = 3, head: str = "", beside: str = "", lang: str = "en") -> str:
    """Return an article without any mark-up that calls it one."""
    body = f"<main><article><h1>{title}</h1>{prose(*sentences, times=times)}</article></main>{beside}"
    return page(f"{title} | The Harbour Ledger", body, head, lang=lang)


def check(made: Made) -> None:
    """Hold what was read of a page against what ought to be."""
    found = made.extracted()
    assert (found.verdict, found.reason) == (made.verdict, found.reason), found.reason
    assert [word for word in made.says if word not in found.reason] == [], found.reason
    if made.cause:
        assert str(found.cause) == made.cause
