"""The format ``post``: a blog post mirrored as Markdown. Not for its words, address and body: they have modules."""

from collections.abc import Mapping

from storage.article import Article
from storage.formats.characters import well_formed
from storage.formats.errors import MissingField
from storage.formats.file_name import fallback_stem, safe_file_name
from storage.formats.foreign import foreign_as_read
from storage.formats.format import NO_OPTIONS, Document, fields_as_read
from storage.formats.front_matter import verify_front_matter
from storage.formats.moment import CHINA, first_known_moment, in_zone
from storage.formats.options import FormatOptions, read_options
from storage.formats.post_address import article_number, encode_url, hashed_number
from storage.formats.post_body import post_markdown
from storage.formats.post_layout import FEATURED_URL, FIELDS, IMAGE_URL, PostFields, as_mapping, lay_out
from storage.formats.post_reader import read_post
from storage.formats.post_words import clean_category, clean_tags, clean_title
from storage.formats.source_file import split_file
from storage.formats.yaml_layout import yaml_lines

DESCRIPTION_LENGTH = 50


class PostOptions(FormatOptions):
    """folder: where the posts lie. image_url, featured_url: addresses of pictures, ``{artid}`` is the number."""

    folder: str = "content/posts"
    image_url: str = IMAGE_URL
    featured_url: str = FEATURED_URL


class PostFormat:
    """Writes and reads ``content/posts/{date}-{artid}.md``."""

    name = "post"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not PostOptions."""
        read_options(PostOptions, options, format_name=self.name)

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as a post, dated by its capture where the page gives no date.

        Raises:
            MissingField: it has neither date.
        """
        chosen = read_options(PostOptions, options, format_name=self.name)
        fields = post_fields(article, options=chosen)
        foreign = foreign_as_read(article, format_name=self.name, known=FIELDS)
        front_matter = lay_out(fields) + yaml_lines(foreign)
        verify_front_matter(front_matter, expected=as_mapping(fields) | foreign, format_name=self.name)
        stem = f"{fields.date.date().isoformat()}-{fields.artid}"
        name = safe_file_name(stem, suffix=".md", fallback=fallback_stem(article))
        return Document(path=f"{chosen.folder}/{name}", text=f"---\n{front_matter}---\n\n{post_markdown(article)}")

    def read(self, text: str, *, path: str) -> Article:
        """Return the article of a post, its body Markdown or still the HTML it is made of.

        Raises:
            UnreadableFile: it has no front matter, or a field that cannot be read.
        """
        return read_post(split_file(text, path=path))


def post_fields(article: Article, *, options: PostOptions) -> PostFields:
    """Return the fields of a post; where it was read from one, what stood there otherwise stays."""
    moment = first_known_moment(article)
    if moment is None:
        raise MissingField("post", "date", need="published_at or captured_at")
    as_read = fields_as_read(article, format_name="post")
    number = kept_text(as_read.get("artid")) or number_of(article)
    return PostFields(
        arturl_encode=encode_url(article.best_url),
        title=kept_text(as_read.get("title")) or well_formed(clean_title(article.title)),
        date=in_zone(moment, CHINA),
        description=well_formed(stated_excerpt(article))[:DESCRIPTION_LENGTH],
        keywords=kept_text(as_read.get("keywords")) or well_formed(",".join(article.keywords)),
        categories=kept_list(as_read.get("categories")) or (clean_category([*article.categories, article.category]),),
        tags=kept_list(as_read.get("tags")) or clean_tags(article.tags),
        artid=number,
        image_path=kept_text(as_read.get("image_path")) or numbered(options.image_url, number),
        featured_image=kept_text(as_read.get("featured_image")) or numbered(options.featured_url, number),
    )


def number_of(article: Article) -> str:
    """Return the number of an article: by its address, or by its words where it has none."""
    url = article.best_url
    return article_number(url) if url else hashed_number(f"{article.title}\n{article.body or article.text}")


def numbered(template: str, number: str) -> str:
    """Return the address of a picture."""
    return well_formed(template.replace("{artid}", number))


def stated_excerpt(article: Article) -> str:
    """Return the excerpt, unless it was only made from the text because the page has none."""
    origin = article.origins.get("excerpt")
    return "" if origin is not None and origin.confidence == "guess" else article.excerpt


def kept_text(value: object) -> str | None:
    """Return the value where it is text."""
    return well_formed(value) if isinstance(value, str) else None


def kept_list(value: object) -> tuple[str, ...]:
    """Return the value where it is a list of texts, else none."""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(well_formed(item) for item in value)
    return ()
