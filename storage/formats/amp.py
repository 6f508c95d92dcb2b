"""The address of an AMP page in the AMP cache. Not for finding AMP pages."""

from urllib.parse import urlsplit


def cdn_amp_url(amp_url: str) -> str | None:
    """Return the page's address in Google's AMP cache, or None where the URL has no host to make one from."""
    try:
        url = urlsplit(amp_url)
    except ValueError:
        return None
    if not url.netloc:
        return None
    host = url.netloc.replace("-", "--").replace(".", "-")
    secure = "/s" if url.scheme == "https" else ""
    query = f"?{url.query}" if url.query else ""
    return f"https://{host}.cdn.ampproject.org/c{secure}/{url.netloc}{url.path}{query}"
