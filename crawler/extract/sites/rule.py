"""A site's rule as a person writes it: in settings.yaml, or in a file beside this one. Not for carrying it out."""

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_serializer, model_validator

from crawler.extract.selector import check_selector
from crawler.extract.sites.site import Label, Pick, Site
from crawler.extract.sites.zone import zone_of
from crawler.url_pattern import check_pattern
from storage.identity.url import key_host, url_key

HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
ATTRIBUTE = re.compile(r"[\w:.-]+")
WITH_ATTRIBUTE = re.compile(r"(.*\S)\s*@([\w:.-]+)", re.DOTALL)  # no CSS selector ends like this
FINDING = ("body", "remove", "title", "authors", "date", "date_later", "modified", "tags", "categories")
PICK = (
    "it must be a CSS selector (in quotes where it begins with #), selector@attribute, "
    "or a mapping of selector, attribute and pattern"
)


def as_items(value: object) -> object:
    """Return a list of what may be one thing or a list."""
    return value if isinstance(value, list | tuple) else [value]


def check_host(text: str) -> str:
    """Return a host in the form that URLs are compared in. Raises ValueError, as pydantic expects."""
    if not HOST.fullmatch(text):
        raise ValueError("it must be a host such as example.org; `pages` narrows a rule to some of its addresses")
    return key_host(url_key(f"https://{text}/")).removeprefix("www.")


def check_named(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Return hosts if there is one. Raises ValueError, as pydantic expects."""
    if not hosts:
        raise ValueError("it must name a host such as example.org")
    return hosts


def check_attribute(text: str) -> str:
    """Return text if it can name an attribute. Raises ValueError, as pydantic expects."""
    if not ATTRIBUTE.fullmatch(text):
        raise ValueError("it must be the name of an attribute, such as datetime")
    return text


def check_regex(text: str) -> str:
    """Return text if it is a regular expression. Raises ValueError, as pydantic expects."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"it must be a regular expression: {error}") from error
    return text


def check_zone(text: str) -> str:
    """Return text if it names a zone. Raises ValueError, as pydantic expects."""
    zone_of(text)
    return text


Host = Annotated[str, AfterValidator(check_host)]
Pattern = Annotated[str, AfterValidator(check_pattern)]
Regex = Annotated[str, Field(min_length=1), AfterValidator(check_regex)]
Selector = Annotated[str, AfterValidator(check_selector)]


class Written(BaseModel):
    """Whatever a rule is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelSettings(Written):
    """What the page prints before some values and not before others."""

    selector: Selector = Field(description="Finds all labels")
    word: str = Field(min_length=1, description="What the label before these values holds")


class PickSettings(Written):
    """Where on a page the values of one field stand."""

    selector: Selector = Field(description="Finds the elements")
    attribute: Annotated[str, AfterValidator(check_attribute)] = Field(
        "", description="Holds the value; without it the text does"
    )
    pattern: Regex | None = Field(
        None, description="Regular expression that finds the value in that: its first group, else all it matches"
    )
    label: LabelSettings | None = Field(None, description="Only elements behind this label")

    @model_validator(mode="before")
    @classmethod
    def from_text(cls, value: object) -> object:
        """Return the keys that a text stands for: ``selector`` or ``selector@attribute``."""
        if isinstance(value, str):
            found = WITH_ATTRIBUTE.fullmatch(value)
            return {"selector": found[1], "attribute": found[2]} if found else {"selector": value}
        if not isinstance(value, Mapping | cls):
            raise ValueError(PICK)
        return value

    @model_serializer(mode="plain")
    def as_written(self) -> str | dict[str, object]:
        """Return the shortest form that means the same."""
        if self.pattern is None and self.label is None:
            return f"{self.selector}@{self.attribute}" if self.attribute else self.selector
        label = self.label.model_dump() if self.label else None
        values = {"selector": self.selector, "attribute": self.attribute, "pattern": self.pattern, "label": label}
        return {name: value for name, value in values.items() if value}

    @property
    def pick(self) -> Pick:
        """The same for the extractor."""
        pattern = re.compile(self.pattern) if self.pattern else None
        label = Label(self.label.selector, self.label.word) if self.label else None
        return Pick(self.selector, self.attribute, pattern, label)


Hosts = Annotated[
    tuple[Host, ...],
    AfterValidator(check_named),
    BeforeValidator(as_items, json_schema_input_type=str | list[str]),
]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(as_items, json_schema_input_type=str | list[str])]
Selectors = Annotated[tuple[Selector, ...], BeforeValidator(as_items, json_schema_input_type=str | list[str])]
Picks = Annotated[
    tuple[PickSettings, ...],
    BeforeValidator(as_items, json_schema_input_type=str | PickSettings | list[str | PickSettings]),
]


class RuleSettings(Written):
    """One item of ``crawler.rules`` in settings.yaml."""

    site: Hosts = Field(description="Host, such as example.org, or several; hosts below it (www, blog) are meant, too")
    pages: Patterns = Field((), description="URL patterns; the rule is only for what fits one of them")
    address: Regex | None = Field(
        None,
        description="Regular expression of an article's URL from its beginning; the rule is only for what it matches, "
        "and what follows in a URL is no part of its address",
    )
    body: Selectors = Field((), description="Selector of the main text; a page without it is read as any other")
    remove: Selectors = Field((), description="Selectors of what is no text; taken out before the main text is chosen")
    title: Picks = Field((), description="Where the title stands")
    authors: Picks = Field((), description="Where the authors stand, one or several in an element")
    date: Picks = Field((), description="Where the time of publication stands")
    date_later: Picks = Field((), description="Where a time stands that may be later than it: taken as a guess")
    modified: Picks = Field((), description="Where the time of the last change stands")
    zone: Annotated[str, AfterValidator(check_zone)] = Field(
        "", description="Zone of times that name none, such as +08:00 or Europe/Berlin; without it only the day counts"
    )
    tags: Picks | None = Field(None, description="Where the tags stand; a page without them has none then")
    categories: Picks | None = Field(None, description="Where the categories stand; a page without them has none then")
    verbatim: bool = Field(
        False, description="Take names, description, keywords and the HTML of the body as the page has them"
    )

    @model_validator(mode="after")
    def finds_something(self) -> Self:
        """Return the rule if it says what to look for. Raises ValueError, as pydantic expects."""
        if not any(getattr(self, name) for name in FINDING):
            raise ValueError(f"it must name what to look for: {', '.join(FINDING)}")
        return self

    @property
    def rule(self) -> Site:
        """The same for the extractor: small, and ready to cross into a worker."""
        return Site(
            hosts=self.site,
            pages=self.pages,
            address=re.compile(self.address) if self.address else None,
            main=self.body,
            removed=self.remove,
            title=picks(self.title),
            authors=picks(self.authors),
            published=picks(self.date),
            published_late=picks(self.date_later),
            modified=picks(self.modified),
            zone=self.zone,
            tags=None if self.tags is None else picks(self.tags),
            categories=None if self.categories is None else picks(self.categories),
            is_verbatim=self.verbatim,
        )


def picks(written: tuple[PickSettings, ...]) -> tuple[Pick, ...]:
    return tuple(each.pick for each in written)
