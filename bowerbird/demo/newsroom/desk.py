"""What is published at this moment: the newsroom's only state. Not for addresses or markup."""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from bowerbird.demo.newsroom.errors import NoCorrection, UnknownStory
from bowerbird.demo.newsroom.story import Story, corrected

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return this second in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


class Desk:
    """Keeps the stories, publishes those held back, makes corrections. Any thread may call it.

    A story that was held back is dated at the moment it comes out; all others keep the date of their file, so that
    two newsrooms started at different times show the same.
    """

    def __init__(self, stories: Iterable[Story], *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._stories = {story.slug: story for story in stories}
        self._changed_at: dict[str, datetime] = {}

    def published(self, publication: str) -> tuple[Story, ...]:
        """Return the stories of a publication that are out, the newest first."""
        with self._lock:
            out = [story for story in self._stories.values() if story.publication == publication]
        return tuple(sorted((s for s in out if s.held_back is None), key=lambda s: s.published, reverse=True))

    def held_back(self) -> tuple[Story, ...]:
        """Return the stories that are not out yet, in the order in which they will come."""
        with self._lock:
            waiting = [(story.held_back, story) for story in self._stories.values() if story.held_back is not None]
        return tuple(story for _, story in sorted(waiting, key=lambda pair: pair[0]))

    def story(self, slug: str) -> Story:
        """Return a story, out or not.

        Raises:
            UnknownStory: no story has that slug.
        """
        with self._lock:
            return self._known(slug)

    def publish_next(self) -> Story | None:
        """Bring out the next story that was held back, and return it; None when all are out."""
        waiting = self.held_back()
        if not waiting:
            return None
        story = waiting[0].model_copy(update={"held_back": None, "published": self._clock()})
        self._replace(story)
        return story

    def correct(self, slug: str) -> Story:
        """Make the stored correction of a story, and return it as it is now.

        Raises:
            UnknownStory: no story has that slug.
            NoCorrection: it has no correction, or had it already.
        """
        story = self.story(slug)
        if story.correction is None:
            raise NoCorrection(slug)
        story = corrected(story, story.correction)
        self._replace(story)
        return story

    def changed_at(self, publication: str) -> datetime:
        """Return when anything a publication lists last changed."""
        newest = max(story.updated for story in self.published(publication))
        return max(newest, self._changed_at.get(publication, newest))

    def _known(self, slug: str) -> Story:
        if slug not in self._stories:
            raise UnknownStory(slug)
        return self._stories[slug]

    def _replace(self, story: Story) -> None:
        # HTTP dates have whole seconds: two changes within one must still move Last-Modified.
        before = self.changed_at(story.publication)
        with self._lock:
            self._changed_at[story.publication] = max(self._clock(), before + timedelta(seconds=1))
            self._stories[story.slug] = story
