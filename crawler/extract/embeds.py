"""Videos, sounds and posts of other sites that a page shows in a frame: what becomes of them is a link."""

import re

from lxml import etree
from lxml.etree import _Element

from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import one_line, xml_safe

# What shows a frame of another site: its address, and the page that a reader can open. Frames of others are ads.
PLAYERS = (
    (re.compile(r"^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"^(?:https?:)?//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"^(?:https?:)?//(?:www\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"^(?:https?:)?//platform\.(?:twitter|x)\.com/embed/\w+\.html\?(?:[^#]*&)?id=(\d+)", re.I), "https://x.com/i/status/{}"),
    (re.compile(r"^(?:https?:)?//((?:www\.)?(?:twitter|x)\.com/\w+/status/\d+)"), "https://{}"),
    (re.compile(r"^(?:https?:)?//open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)"), "https://open.spotify.com/{}"),
    (re.compile(r"^(?:https?:)?//(codepen\.io/[\w-]+)/embed/(?:preview/)?(\w+)"), "https://{}/pen/{}"),
    (re.compile(r"^(?:https?:)?//(w\.soundcloud\.com/player/\?url=[^&]+)"), "https://{}"),
)  # fmt: skip
VIDEO_ID = re.compile(r"[\w-]{6,20}")
NAMES = {"video": "Video", "audio": "Audio"}
TAGS = frozenset({"iframe", "video", "audio", "lite-youtube", "amp-youtube", "youtube-video"})


def is_embed(element: _Element) -> bool:
    """Whether an element shows what lies elsewhere, and a link to it can stand in its place."""
    return element.tag in TAGS and bool(embed_address(element, ""))


def embed_address(element: _Element, base: str) -> str:
    """Return the address of what is shown, as a person would open it; nothing for ads and other frames."""
    if element.tag == "iframe":
        return frame_address(next((v for n in ("src", "data-src", "data-lazy-src") if (v := element.get(n))), ""))
    if element.tag in NAMES:
        sources = [element.get("src") or "", *(source.get("src") or "" for source in element.iter("source"))]
        given = next((source for source in sources if source and not source.startswith(("data:", "blob:"))), "")
        address = urljoin_safely(base or "https://x.invalid/", given) if given else ""
        return address if is_web(address) else ""
    named = element.get("videoid") or element.get("data-videoid") or element.get("video-id") or ""
    return f"https://www.youtube.com/watch?v={named}" if VIDEO_ID.fullmatch(named) else ""


def frame_address(source: str) -> str:
    """Return the page that belongs to a player's frame, or nothing."""
    for pattern, page in PLAYERS:
        found = pattern.match(source.strip())
        if found:
            return page.format(*found.groups())
    return ""


def copy_embed(element: _Element, target: _Element, *, base: str) -> None:
    """Add a link to what is shown, under its title, with the picture that stands for a video."""
    figure = etree.SubElement(target, "figure")
    link = etree.SubElement(figure, "a", {"href": xml_safe(embed_address(element, base))})
    title = one_line(element.get("title") or element.get("aria-label") or element.get("playlabel") or "")
    link.text = xml_safe(title) or NAMES.get(
        str(element.tag), "Video" if "youtu" in (link.get("href") or "") else "Embedded"
    )
