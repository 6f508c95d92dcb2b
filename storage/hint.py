"""What a person can do about a verdict, to the very key or command: one table for commands, summaries and docs."""

from collections.abc import Mapping

from storage.cause import Cause, CauseKind
from storage.verdict import Verdict

AGAIN = "`bowerbird crawl NAME --recheck` then fetches it again"
BROWSER = "`sources: NAME: render: browser` runs its scripts"

# What helps whatever lies behind the verdict. Empty: nothing needs doing.
HINTS: Mapping[Verdict, str] = {
    Verdict.CAPTURED: "",
    Verdict.CHANGED: "",
    Verdict.UNCHANGED: "",
    Verdict.DUPLICATE: "",
    Verdict.KNOWN: "`bowerbird crawl NAME --recheck` fetches it now; `crawler.recheck` says at which ages it is",
    Verdict.FILTERED: "`sources: NAME: include`, `exclude` and `since` say what is fetched",
    Verdict.NOT_AN_ARTICLE: "`sources: NAME: exclude` keeps it out",
    Verdict.TOO_SHORT: (
        "`bowerbird extract --explain URL` shows what was left out, and why; `sources: NAME: body`, a CSS selector of "
        f"the main text, if there is more to read; {AGAIN}"
    ),
    Verdict.PAYWALLED: "`sources: NAME: headers` or `cookies` of your own subscription, if you have one",
    Verdict.CONSENT_WALL: (
        "`sources: NAME: cookies` with the site's consent cookie, or the text of its feed, "
        f"`sources: NAME: full_text: feed`; {AGAIN}"
    ),
    Verdict.BLOCKED: "raise `crawler.delay_seconds`, set `crawler.contact`, and ask the site",
    Verdict.NEEDS_JAVASCRIPT: f"{BROWSER}, and {AGAIN}; or look for the site's feed",
    Verdict.ROBOTS_DENIED: "nothing: robots.txt is kept to; ask the site, or look for a feed that it allows",
    Verdict.REFUSED_ADDRESS: (
        "`crawler.allow_private_hosts` for a host of your own, `crawler.extra_ports` for another port; else nothing"
    ),
    Verdict.GONE: "nothing: the article is no longer there; what was captured of it stays",
    Verdict.HTTP_ERROR: "nothing yet: it is tried again on the next run",
    Verdict.NETWORK_ERROR: "nothing yet: it is tried again on the next run",
    Verdict.TIMEOUT: "raise `crawler.request_seconds`; it is tried again on the next run",
    Verdict.TOO_LARGE: f"raise `crawler.max_page_bytes`; {AGAIN}",
    Verdict.TRUNCATED: "nothing: what could be read of it is kept",
    Verdict.UNSUPPORTED_TYPE: "`sources: NAME: exclude` keeps such files out",
    Verdict.UNREADABLE: "raise `crawler.page_seconds` or `crawler.worker_memory_bytes` if the reason says so",
}

# What helps where more is known than the verdict. One with {subject} names the pattern or the maker of the wall.
CAUSE_HINTS: Mapping[CauseKind, str] = {
    CauseKind.EXCLUDED: "take {subject} out of `sources: NAME: exclude`",
    CauseKind.NOT_INCLUDED: "add a pattern for it to `sources: NAME: include`",
    CauseKind.TOO_OLD: "widen `sources: NAME: since`; `bowerbird ingest URL` fetches this one now",
    CauseKind.PAGE_LIMIT: (
        "raise `sources: NAME: max_pages` where it is set, else `crawler.max_pages`; the next run takes up the rest"
    ),
    CauseKind.HOME_PAGE: "`bowerbird sources add NEW URL --kind section` watches it",
    CauseKind.LISTING: "`bowerbird sources add NEW URL --kind section` watches it",
    CauseKind.PARKED: "`bowerbird sources pause NAME` until it is back, or `bowerbird sources remove NAME`",
    CauseKind.FORWARDING: "`bowerbird ingest` the address that the reason names",
    CauseKind.CUT_AGAINST_FEED: "`sources: NAME: full_text: feed` takes the feed's own text",
    CauseKind.CHALLENGE: f"{BROWSER}; or take the site's feed with `sources: NAME: full_text: feed`",
    CauseKind.LOGIN: "`sources: NAME: headers` or `cookies` of your own account",
    CauseKind.FORBIDDEN: (
        "set `crawler.contact` and raise `crawler.delay_seconds`; `sources: NAME: headers` if the site gave you a key"
    ),
    CauseKind.TOO_MANY_REQUESTS: "raise `crawler.delay_seconds`; it is tried again on the next run",
    CauseKind.LEGAL: "nothing: it may not be shown where you are",
    CauseKind.TEXT_IN_SCRIPT: f"{BROWSER}; its text is in the page, as data for them",
    CauseKind.ROBOTS_UNAVAILABLE: "nothing yet: robots.txt could not be had and is asked for again on the next run",
    CauseKind.TOO_MANY_REDIRECTS: "raise `crawler.max_redirects`; if it goes in circles, try `sources: NAME: cookies`",
    CauseKind.UNKNOWN_HOST: "look for a misspelt host in `sources: NAME: url`, and at your DNS; it is tried again",
    CauseKind.CERTIFICATE: (
        "if an authority of your own issued it, name that in `crawler.ca_file`; else the site has to mend it; "
        "it is tried again"
    ),
    CauseKind.HEADERS: "nothing: no honest page has so large a head",
    CauseKind.SELECTOR: "mend `sources: NAME: body`; `bowerbird extract URL` shows what is found without it",
    CauseKind.FAULT: "run `bowerbird crawl NAME -v` and report what it says",
}


def hint_for(verdict: Verdict, cause: Cause | None = None, *, source: str = "") -> str:
    """Return what can be done about a verdict, or nothing. source: stands for NAME where it is known."""
    known = CAUSE_HINTS.get(cause.kind) if cause else None
    hint = known if known is not None else HINTS[verdict]
    subject = repr(cause.subject) if cause and cause.subject else "the pattern"
    return hint.replace("{subject}", subject).replace("NAME", source or "NAME")
