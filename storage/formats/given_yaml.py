"""A front matter read as it was written, whatever its spelling: values as text, with their lines. Not for writing one.

YAML's own guesses are left out: ``2024-01-31T13:57:00Z`` stays that text, and what a field holds is up to its reader.
The tree is built from libyaml's events, as its own builder recurses and dies of a thousand brackets.
"""

from dataclasses import dataclass, field

import yaml

from storage.formats.characters import well_formed
from storage.formats.errors import UnreadableFile
from storage.formats.front_matter import LOADER
from storage.formats.given import Given, GivenFields

# What aliases can blow up to; a real front matter has some hundreds of values.
MOST_VALUES = 100_000
DEEPEST = 20
NULL_TAG = "tag:yaml.org,2002:null"
NULLS = frozenset({"", "~", "null"})


def read_given(front_matter: str, *, path: str, first_line: int = 2) -> GivenFields:
    """Return the fields of a front matter; of a name given twice the last.

    first_line: of the front matter in its file, for messages.

    Raises:
        UnreadableFile: it is no YAML, no mapping, or larger than any front matter.
    """
    tree = Tree(path, first_line)
    try:
        read_into(tree, front_matter, LOADER)
    except UnreadableFile:
        # libyaml refuses the surrogate pairs that JSON escapes characters with; PyYAML's own reader takes them.
        if "\\u" not in front_matter:
            raise
        tree = Tree(path, first_line)
        read_into(tree, front_matter, yaml.SafeLoader)
    if tree.root is None or tree.root.value is None:
        return GivenFields({})
    if not isinstance(tree.root.value, dict):
        raise UnreadableFile(path, line=tree.root.line, why="the front matter is no mapping; write `name: value`")
    return GivenFields(tree.root.value)


def read_into(tree: "Tree", front_matter: str, loader: type) -> None:
    """Feed the events of a text to a tree."""
    try:
        for event in yaml.parse(front_matter, loader):
            tree.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        why = f"the front matter is no YAML: {error.problem}"
        raise UnreadableFile(tree.path, line=tree.first_line + line, why=why) from error
    except yaml.YAMLError as error:  # of a character, whose place libyaml counts in bytes
        why = f"the front matter holds a character that YAML does not allow: {getattr(error, 'reason', error)}"
        raise UnreadableFile(tree.path, line=tree.first_line, why=why) from error


def is_null(event: yaml.ScalarEvent) -> bool:
    """Whether a value is nothing: by its tag, or bare and of a word that says so."""
    if event.tag is not None:
        return bool(event.tag == NULL_TAG)
    return not event.style and event.value.lower() in NULLS


@dataclass(slots=True)
class Branch:
    """A list or mapping that is being read. key: of a mapping, once it was read."""

    given: Given
    anchor: str | None
    key: str | None = None
    size: int = 1


@dataclass(slots=True)
class Tree:
    """The values read so far."""

    path: str
    first_line: int
    root: Given | None = None
    open: list[Branch] = field(default_factory=list)
    anchors: dict[str, tuple[Given, int]] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        """Take over one event.

        Raises:
            UnreadableFile: the values are too many or too deep, or an alias names what is not there.
        """
        match event:
            case yaml.ScalarEvent():
                value = None if is_null(event) else well_formed(event.value)
                self.put(self.given(event, value), size=1, anchor=event.anchor)
            case yaml.MappingStartEvent():
                self.begin(event, {})
            case yaml.SequenceStartEvent():
                self.begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                branch = self.open.pop()
                self.put(branch.given, size=branch.size, anchor=branch.anchor)
            case yaml.AliasEvent():
                if event.anchor not in self.anchors:
                    raise self.wrong(event, f"the alias *{event.anchor} names no value before it")
                given, size = self.anchors[event.anchor]
                self.put(given, size=size, anchor=None)

    def begin(self, event: yaml.CollectionStartEvent, value: "list[Given] | dict[str, Given]") -> None:
        """Begin a list or a mapping."""
        if len(self.open) >= DEEPEST:
            raise self.wrong(event, f"its values are nested deeper than {DEEPEST} levels")
        self.open.append(Branch(self.given(event, value), event.anchor))

    def given(self, event: yaml.NodeEvent, value: "str | list[Given] | dict[str, Given] | None") -> Given:
        """Return the value of an event, named for the field it stands in."""
        return Given(self.path, self.line(event), self.name, value)

    @property
    def name(self) -> str:
        """The innermost field that is being read."""
        return next((branch.key for branch in reversed(self.open) if branch.key is not None), "front matter")

    def put(self, given: Given, *, size: int, anchor: str | None) -> None:
        """Put a value that is complete where it belongs."""
        if anchor:
            self.anchors[anchor] = (given, size)
        if not self.open:
            self.root = given
            return
        branch = self.open[-1]
        branch.size += size
        if branch.size > MOST_VALUES:
            raise UnreadableFile(self.path, line=given.line, why=f"it holds more than {MOST_VALUES} values")
        if isinstance(branch.given.value, list):
            branch.given.value.append(given)
        elif isinstance(branch.given.value, dict) and branch.key is None:
            branch.key = given.text
        elif isinstance(branch.given.value, dict) and branch.key is not None:
            branch.given.value[branch.key] = given
            branch.key = None

    def line(self, event: yaml.Event) -> int:
        """Return the line of the file an event begins on."""
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def wrong(self, event: yaml.Event, why: str) -> UnreadableFile:
        """Return the error of an event."""
        return UnreadableFile(self.path, line=self.line(event), why=f"the front matter cannot be read: {why}")
