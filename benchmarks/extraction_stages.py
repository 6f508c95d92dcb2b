"""Where the CPU time of reading a page goes: the functions of crawler.extract, timed from outside."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

STAGES = (
    ("decode and parse", "document", "parse_page"),
    ("clues: JSON-LD, meta, items, headings", "structured", "read_clues"),
    ("rule of a known site", "sites.reading", "read_site"),
    ("hints", "hints", "hints_of"),
    ("take out clutter", "clutter", "clutter_of"),
    ("take out clutter", "clutter", "hidden_clutter"),
    ("open frames", "frames", "open_frames"),
    ("add prose around", "filling", "prose_around"),
    ("text in scripts", "embedded", "embedded_text"),
    ("mark and unmark", "watermark", "watermarked"),
    ("choose: trafilatura", "body", "bare_extraction"),
    ("weigh", "watermark", "numbers_in"),
    ("weigh", "weights", "weigh"),
    ("plant", "region", "plant_kept"),
    ("plant", "region", "plant_all"),
    ("write text", "plaintext", "write_text"),
    ("write Markdown", "markdown", "write_markdown"),
    ("write HTML", "cleanhtml", "write_html"),
    ("judge", "judgement", "judge"),
    ("survey: lines with a name or a date", "survey", "survey_of"),
    ("pictures and links of the text", "media", "content_images"),
    ("pictures and links of the text", "media", "content_links"),
    ("pictures and links of the text", "media", "merged_images"),
)
OTHER = "all else"


@dataclass(slots=True)
class Stopwatch:
    """CPU seconds by stage of the page that is read now; of stages within stages each has its own only."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _stack: list[str] = field(default_factory=lambda: [OTHER])
    _since: float = 0.0

    def begin(self) -> None:
        """Begin a page."""
        self.seconds.clear()
        self._stack = [OTHER]
        self._since = time.process_time()

    def end(self) -> dict[str, float]:
        """End a page; return its seconds by stage."""
        self._pass_to(OTHER)
        return dict(self.seconds)

    def enter(self, stage: str) -> None:
        """Begin a stage within the current one."""
        self._pass_to(self._stack[-1])
        self._stack.append(stage)

    def leave(self) -> None:
        """End the current stage."""
        self._pass_to(self._stack.pop())

    def _pass_to(self, stage: str) -> None:
        now = time.process_time()
        self.seconds[stage] += now - self._since
        self._since = now


class Timed:
    """A context manager whose beginning and end are timed, not what lies within it."""

    def __init__(self, inner: AbstractContextManager[Any], stage: str, watch: Stopwatch) -> None:
        self._inner, self._stage, self._watch = inner, stage, watch

    def __enter__(self) -> object:
        self._watch.enter(self._stage)
        try:
            return self._inner.__enter__()
        finally:
            self._watch.leave()

    def __exit__(self, *error: Any) -> bool | None:
        self._watch.enter(self._stage)
        try:
            return self._inner.__exit__(*error)
        finally:
            self._watch.leave()


def watched(function: Callable[..., Any], stage: str, watch: Stopwatch) -> Callable[..., Any]:
    """Return a function that does the same while the watch counts its stage."""

    def call(*arguments: Any, **named: Any) -> Any:
        watch.enter(stage)
        try:
            result = function(*arguments, **named)
        finally:
            watch.leave()
        return Timed(result, stage, watch) if isinstance(result, AbstractContextManager) else result

    return call


def watch_stages() -> Stopwatch:
    """Time the stages in this process from now on; a stage whose function is gone is left out, and said on stderr."""
    watch = Stopwatch()
    for stage, module, name in STAGES:
        function = getattr(import_module(f"crawler.extract.{module}"), name, None)
        if function is None:
            print(f"crawler.extract.{module} has no {name}: the stage {stage!r} counts as {OTHER!r}", file=sys.stderr)
            continue
        replace(function, watched(function, stage, watch))
    watch_fields(watch)
    return watch


def watch_fields(watch: Stopwatch) -> None:
    """Time each field's policy."""
    from crawler.extract.fields import POLICIES
    from crawler.extract.policy import first_found

    names = {id(policy): name for name, policy in POLICIES.items()}

    def call(policy: Any, clues: Any) -> Any:
        watch.enter(f"field: {names.get(id(policy), 'authors')}")
        try:
            return first_found(policy, clues)
        finally:
            watch.leave()

    replace(first_found, call)


def replace(function: Callable[..., Any], by: Callable[..., Any]) -> None:
    """Put a function in another's place wherever crawler.extract has imported that."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("crawler.extract"):
            continue
        for attribute, value in list(vars(module).items()):
            if value is function:
                setattr(module, attribute, by)
