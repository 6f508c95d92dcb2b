"""A front matter and a body put together as one file, once the front matter says what it should. Not for either."""

from storage.formats.format import Document
from storage.formats.front_matter import FrontMatter, verify_front_matter
from storage.formats.toml_layout import toml_lines, verify_toml
from storage.formats.yaml_layout import yaml_lines


def yaml_page(fields: FrontMatter, body: str, *, path: str, format_name: str) -> Document:
    """Return the page with its fields as YAML.

    Raises:
        BadFrontMatter: a field would not be read back as given.
    """
    front_matter = yaml_lines(fields)
    verify_front_matter(front_matter, expected=fields, format_name=format_name)
    return Document(path.lstrip("/"), f"---\n{front_matter}---\n\n{body}")


def toml_page(fields: FrontMatter, body: str, *, path: str, format_name: str) -> Document:
    """Return the page with its fields as TOML.

    Raises:
        BadFrontMatter: as yaml_page does.
    """
    front_matter = toml_lines(fields)
    verify_toml(front_matter, expected=fields, format_name=format_name)
    return Document(path.lstrip("/"), f"+++\n{front_matter}+++\n\n{body}")
