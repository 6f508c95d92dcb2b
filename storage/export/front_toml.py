"""A TOML front matter taken apart. Not for YAML."""

import tomllib

from storage.export.front import Field, Front, Section, comparable, has_repeats, lines_of


class TomlReader:
    """Takes statements line by line: one is whole when TOML can read it."""

    def __init__(self) -> None:
        self.sections = [Section("", "", ())]
        self.unfinished = ""

    def take(self, line: str) -> bool:
        """Take one line; return whether it is understood."""
        if not self.unfinished and (not line.strip() or line.lstrip().startswith("#")):
            self.append(line)
            return True
        if not self.unfinished and line.lstrip().startswith("["):
            return self.begin_table(line)
        self.unfinished += line
        try:
            found = tomllib.loads(self.unfinished)
        except tomllib.TOMLDecodeError:
            return True
        section = self.sections[-1]
        ((name, value),) = found.items()
        field = Field(section.prefix + name, self.unfinished, "", comparable(value))
        self.sections[-1] = Section(section.head, section.prefix, (*section.fields, field))
        self.unfinished = ""
        return True

    def append(self, line: str) -> None:
        """Add an empty line or a comment to what stands before it."""
        section = self.sections[-1]
        if not section.fields:
            self.sections[-1] = Section(section.head + line, section.prefix, ())
            return
        *fields, last = section.fields
        last = Field(last.name, last.text, last.after + line, last.value)
        self.sections[-1] = Section(section.head, section.prefix, (*fields, last))

    def begin_table(self, line: str) -> bool:
        """Begin a table of tables' names; return whether it is a plain one."""
        try:
            found: object = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            return False
        prefix = ""
        while isinstance(found, dict) and found:
            ((name, found),) = found.items()
            prefix += f"{name}."
        self.sections.append(Section(line, prefix, ()))
        return isinstance(found, dict)


def toml_front(text: str) -> Front | None:
    """Return the fields of a front matter, each with its table's name; None where it cannot be taken apart."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    reader = TomlReader()
    if not all(reader.take(line) for line in lines_of(text)) or reader.unfinished:
        return None
    return None if has_repeats(reader.sections) else reader.sections
