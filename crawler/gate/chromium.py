"""Which Chromium renders pages, and how it is started. Pure but for looking on the disk; never downloads one."""

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.settings import CrawlerSettings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
EXTRA = "scrapy_playwright"
KEPT_VARIABLES = frozenset({"PATH", "LANG", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE"})

# Everything goes through the proxy, loopback included, and no name is looked up by the browser itself.
FLAGS = (
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-auto-reload",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-gpu",
    "--disable-remote-fonts",
    "--renderer-process-limit=2",
)
# What playwright would add and a crawler does not want.
UNWANTED = ("--disable-popup-blocking", "--disable-ipc-flooding-protection", "--enable-unsafe-swiftshader")


def find_chromium(path: str | None) -> str | None:
    """Return the program to start: path, else the first on PATH; None where there is none."""
    if path is not None:
        return shutil.which(path)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def why_not_rendered(settings: "CrawlerSettings") -> str | None:
    """Return why ``render: browser`` cannot work with these settings, and what to do, or None."""
    if settings.proxy is not None:
        return "render: browser does not go through crawler.proxy; unset one of them"
    return what_is_missing(settings.browser)


def what_is_missing(path: str | None, *, extra: str = EXTRA) -> str | None:
    """Return what to do before ``render: browser`` can work, or None where all is there."""
    needs = "render: browser needs `pip install bowerbird[browser]` and Chromium"
    if find_spec(extra) is None:
        return f"{needs}; the extra is not installed"
    if find_chromium(path) is not None:
        return None
    where = f"there is no program at crawler.browser ({path})" if path else "there is no chromium or chrome on PATH"
    return f"{needs}; {where}"


def environment(folder: str) -> dict[str, str]:
    """Return the environment Chromium gets: none of our secrets, and folder for all that it writes."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES or name.startswith("LC_")}
    return {**kept, "HOME": folder, "TMPDIR": folder}


def may_sandbox() -> bool:
    """Whether Chromium can lock its own processes in: it refuses to for root."""
    return os.geteuid() != 0
