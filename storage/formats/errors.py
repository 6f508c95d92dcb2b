"""What can go wrong while an article is turned into text, or a text into an article.

StorageError
└── FormatError
    ├── BadFrontMatter  a written field would not be read back as it was given
    ├── BadOption       an option of a format is unknown or has a wrong value
    ├── BadSealingKey   the key of sealed fields has a wrong shape
    ├── BadTemplate     a user's own template cannot be read or carried out
    ├── MissingExtra    a format needs a package that is not installed
    ├── MissingField    the article lacks what the format cannot do without
    ├── NoArticle       a file is something else than an article, and rightly so
    ├── SealBroken      a sealed field was changed, or sealed under another key
    ├── Unsealable      a value does not fit a sealed field
    └── UnreadableFile  a file is not of the format it is read as
"""

from storage.errors import StorageError


class FormatError(StorageError):
    """Anything a format could not write or read."""


class BadFrontMatter(FormatError):
    def __init__(self, format_name: str, field: str, *, why: str) -> None:
        self.format_name, self.field, self.why = format_name, field, why
        super().__init__(f"{format_name}: the field {field!r} would not be read back as given: {why}; report this")


class BadOption(FormatError):
    def __init__(self, format_name: str, option: str, *, why: str) -> None:
        self.format_name, self.option, self.why = format_name, option, why
        super().__init__(f"the option {option!r} of the format {format_name} cannot be used: {why}; correct or drop it")


class BadSealingKey(FormatError):
    """Says nothing of what was given: it may be a key but for one slip."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} is no key: it must be 64 hexadecimal digits or the base64 of 32 bytes; "
            "make one with `openssl rand -hex 32`"
        )


class BadTemplate(FormatError):
    def __init__(self, path: str, *, why: str, line: int | None = None) -> None:
        self.path, self.why, self.line = path, why, line
        super().__init__(f"{path}{f', line {line}' if line else ''}: {why}; correct the template")


class MissingExtra(FormatError):
    def __init__(self, format_name: str, extra: str) -> None:
        self.format_name, self.extra = format_name, extra
        super().__init__(f"the format {format_name} needs more packages: pip install 'bowerbird[{extra}]'")


class MissingField(FormatError):
    def __init__(self, format_name: str, field: str, *, need: str) -> None:
        self.format_name, self.field, self.need = format_name, field, need
        super().__init__(f"{format_name}: the article has nothing for {field!r}; it needs {need}")


class NoArticle(FormatError):
    def __init__(self, path: str, *, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path}: it is {what}, not an article")


class SealBroken(FormatError):
    """One message for whatever was wrong, so that nobody learns from it how far a forgery got."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path}: the field 'secured' was changed or is sealed under another key; give the key it was sealed with"
        )


class Unsealable(FormatError):
    def __init__(self, field: str, *, why: str) -> None:
        self.field, self.why = field, why
        super().__init__(f"the field 'secured' cannot hold the article's {field}: {why}; report this")


class UnreadableFile(FormatError):
    def __init__(self, path: str, *, why: str, line: int | None = None) -> None:
        self.path, self.line, self.why = path, line, why
        super().__init__(f"{path}{f', line {line}' if line else ''}: {why}")
