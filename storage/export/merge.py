"""Bringing a file that a person has edited up to date without losing what they did. Not for deciding whether to.

Three texts meet: what we wrote (as far as its hashes tell), what stands there, and what we would write now. A field
that a person changed, added or removed stays as they left it; all others, and the body, are ours.
"""

from collections.abc import Sequence
from dataclasses import replace

from storage.export.entry import Content
from storage.export.front import (
    Dialect,
    Field,
    Front,
    Page,
    Section,
    body_hash,
    fields_of,
    front_text,
    short_hash,
    split_page,
)
from storage.export.front_values import front_of


def merged_text(theirs: str, ours: str, *, bases: Sequence[Content]) -> str | None:
    """Return the text to be written; None where the file must be left alone.

    bases: what the file may have held before a person edited it: one text, or two where a run was killed.
    """
    their_page, our_page = split_page(theirs), split_page(ours)
    if their_page is None or our_page is None or their_page.dialect != our_page.dialect or not bases:
        return None
    if body_hash(their_page.body) not in {base.body for base in bases}:
        return None
    their_front = front_of(their_page.front, their_page.dialect)
    our_front = front_of(our_page.front, our_page.dialect)
    if their_front is None or our_front is None:
        return None
    merged = merged_front(their_front, our_front, bases=bases)
    front = front_text(merged)
    if not says(front, merged, dialect=our_page.dialect):
        return None
    is_same_body = body_hash(their_page.body) == body_hash(our_page.body)
    return Page(our_page.dialect, front, their_page.body if is_same_body else our_page.body).text


def says(text: str, front: Front, *, dialect: Dialect) -> bool:
    """Whether a reader finds in the text just what was put together."""
    found = front_of(text, dialect)
    if found is None:
        return False
    values = {name: field.value for name, field in fields_of(found).items()}
    return values == {name: field.value for name, field in fields_of(front).items()}


def merged_front(theirs: Front, ours: Front, *, bases: Sequence[Content]) -> Front:
    """Return their front matter with our news."""
    our_fields = fields_of(ours)
    there = fields_of(theirs)
    merged = [replace(section, fields=tuple(kept_fields(section, our_fields, bases=bases))) for section in theirs]
    for section in ours:
        added = [
            field
            for field in section.fields
            if field.name not in there and not all(field.name in base.fields for base in bases)
        ]
        if added:
            merged = with_added(merged, section, added)
    return merged


def kept_fields(section: Section, ours: dict[str, Field], *, bases: Sequence[Content]) -> list[Field]:
    """Return the fields of one section: a person's as they are, those that are ours as we have them now."""
    kept: list[Field] = []
    for field in section.fields:
        known = {base.fields[field.name] for base in bases if field.name in base.fields}
        fresh = ours.get(field.name)
        if short_hash(field.value) not in known or (fresh and fresh.value == field.value):
            kept.append(field)
        elif fresh:
            kept.append(replace(fresh, after=field.after))
        else:
            # What follows a field that is no more may be a comment on the next.
            kept.append(replace(field, name="", text="", value=""))
    return [field for field in kept if field.text or field.after]


def with_added(front: Sequence[Section], ours: Section, added: Sequence[Field]) -> list[Section]:
    """Return a front matter with new fields of ours, each behind the one that it follows in our own."""
    place = next((number for number, section in enumerate(front) if section.prefix == ours.prefix), None)
    if place is None:
        return [*front, replace(ours, fields=tuple(added))]
    fields = list(front[place].fields)
    order = [field.name for field in ours.fields]
    for field in added:
        before = set(order[: order.index(field.name)])
        behind = max((number for number, each in enumerate(fields) if each.name in before), default=len(fields) - 1)
        if behind < 0:
            fields.append(replace(field, after=""))
            continue
        fields.insert(behind + 1, replace(field, after=fields[behind].after))
        fields[behind] = replace(fields[behind], after="")
    return [*front[:place], replace(front[place], fields=tuple(fields)), *front[place + 1 :]]
