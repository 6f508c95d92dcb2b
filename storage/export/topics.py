"""The topics that are known already, so that one thing keeps one name. Not for comparing names, nor for files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from storage.article import Article, Topic
from storage.identity.topic_name import differ_by_slip, joined, singular, slip_keys, topic_words

# Names that are compared letter by letter at most, for each key; more begin or end alike in no vault that was seen.
MOST_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A topic, and the words of its name as they are and without plural."""

    topic: Topic
    words: list[str]
    singular: list[str]


class KnownTopics:
    """Topics by name. Of two that are spelled alike the one that was known first gives the name."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """pairs: kind and name of each, in an order that lasts."""
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_singular: dict[str, list[Known]] = defaultdict(list)
        self._by_slip: dict[str, list[Known]] = defaultdict(list)
        for kind, name in pairs:
            self.add(Topic(name, kind))

    def matched(self, article: Article) -> Article:
        """Return the article with its topics under their known names and kinds; new ones are known from now on.

        Two that are one come out as one.
        """
        topics: dict[tuple[str, str], Topic] = {}
        for topic in article.topics:
            taken = self.take(topic)
            place = (taken.kind, taken.name)
            if place not in topics or not topics[place].description:
                topics[place] = taken
        return replace(article, topics=tuple(topics.values()))

    def take(self, topic: Topic) -> Topic:
        """Return a topic under its known name and kind, with its own description; one that is new becomes known."""
        known = self.find(topic)
        if known is None:
            self.add(topic)
            return topic
        return replace(topic, name=known.name, kind=known.kind)

    def add(self, topic: Topic) -> None:
        """Let a topic be known; one whose name has neither letter nor figure is not."""
        words = topic_words(topic.name)
        if not words:
            return
        known = Known(replace(topic, description=""), words, singular(words))
        self._by_name[joined(words)].append(known)
        self._by_singular[joined(known.singular)].append(known)
        for key in slip_keys_of(known):
            self._by_slip[key].append(known)

    def find(self, topic: Topic) -> Topic | None:
        """Return the known topic of the same or nearly the same name; of several alike one of the topic's own kind.

        Names that differ in more than case and hyphens are one only where their kinds do not differ: Transformers is a
        library, the transformer a model.
        """
        words = topic_words(topic.name)
        wanted = Known(topic, words, singular(words))
        same = self._by_name.get(joined(words), [])
        near = chain(self._by_singular.get(joined(wanted.singular), []), self._slips_of(wanted))
        alike = (known for known in near if is_compatible(known.topic.kind, topic.kind))
        return chosen(same, kind=topic.kind) or chosen(alike, kind=topic.kind)

    def _slips_of(self, wanted: Known) -> Iterator[Known]:
        for key in slip_keys_of(wanted):
            for known in islice(self._by_slip.get(key, ()), MOST_COMPARED):
                if differ_by_slip(known.words, wanted.words) or differ_by_slip(known.singular, wanted.singular):
                    yield known


def slip_keys_of(known: Known) -> Iterable[str]:
    """Return the keys under which names with a slip are found, as they are or in the singular, each once."""
    return dict.fromkeys([*slip_keys(known.words), *slip_keys(known.singular)])


def chosen(candidates: Iterable[Known], *, kind: str) -> Topic | None:
    """Return the first candidate of a kind, else the first of all."""
    topics = [known.topic for known in candidates]
    same = (topic for topic in topics if topic.kind.casefold() == kind.casefold())
    return next(same, topics[0] if topics else None)


def is_compatible(kind: str, other: str) -> bool:
    """Whether two kinds can be one: the same, or one is not known."""
    return not kind or not other or kind.casefold() == other.casefold()
