"""Articles as the open web makes them, for the tests of the consumers' formats. Not a test."""

from dataclasses import replace
from datetime import UTC, datetime

from storage.article import Article, Author, Image, Provider

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PLAIN = Article(
    url="https://example.org/tides",
    title="How the tides turn",
    id="a1b2c3",
    excerpt="Why the water comes back.",
    language="en",
    authors=(Author("Ann Moor"), Author("Harbour Desk", "organisation")),
    published_at=AT,
    captured_at=datetime(2026, 3, 2, tzinfo=UTC),
    provider=Provider("The Harbour Ledger", "example.org"),
    tags=("tides", "C#", "CI/CD"),
    categories=("sea",),
    images=(Image("https://example.org/tide.png", alt="the tide"),),
    body="The moon pulls.\n\n## Twice a day\n\nAnd again.",
    text="The moon pulls.\n\nTwice a day\n\nAnd again.",
)
# What each body must show, word for word, once its site is built.
BODIES = {
    "liquid": "Say {{ site.time }} and {% include secret.html %} and {%- assign x = 1 -%} or {{ unclosed.",
    "endraw": "A {% endraw %} and {%- endraw -%} and {% raw %} and {{ '{% endraw %}' }} end.",
    "blocks": "A {% if true %} is open.\n\nAnd {% for x in y %} goes on, {% endfor %} and {% unknown tag.",
    "shortcode": 'See {{< youtube id="x" >}} and {{% param "title" %}} and {{< nosuch >}} and {{</ nosuch >}} end.',
    "unclosed": "See `{{<` and {{% as they are, {{< nosuch to the end.",
    "commented": "See {{</* youtube x */>}} and {{%/* param */%}} and {{<>}} and {{%%}} end.",
    "code": "Code:\n\n```go\n{{< nosuch >}} {{ .Title }} {% if x %}\n```\n\nand `{{< nosuch >}}` and `{% x %}` end.",
    "unclosed code": "Code:\n\n```\n{{< nosuch\n```\n\nend.",
    "zola": 'See {{ nosuch(a="b") }} and {% nosuch() %}text{% end %} and {{ x(a=[1, "b"]) }} end.',
    "kramdown": 'Words\n{: .hidden onclick="x"}\n\n{::comment}\nnot hidden\n{:/comment}\n\nand {:.x} end `{: .code}`.',
    "attributes": '## Head {onclick="x"}\n\nSub {#x}\n---\n\n```js {linenostart="x"}\n{a}\n```\n\nend.',
    "front matter": "---\n\ndraft: true\n\n---\n\nWords\n\n+++\nx = 1\n+++\n\nend.",
}


def evil_articles() -> list[Article]:
    """An article for each of BODIES, with braces in its title and keys of the generators among its words."""
    return [
        replace(
            PLAIN,
            id=f"evil{number}",
            url=f"https://example.org/{number}",
            title=f"Evil {name} {{{{ site.time }}}} {{{{< x >}}}} {{% raw %}}: 'a' \"b\" # c",
            excerpt=f"{{{{ site.time }}}} {{% include x %}} <b> {name}",
            body=body,
            text=body,
            category="../../etc",
            categories=("../../etc", "{{ x }}"),
            tags=("{{ site.time }}", "a/../../b", "..", "C++", "a: b", "true", "null", "2024-01-01", "💩 x", "  "),
            extra={"permalink": "/", "layout": "evil", "draft": True, "url": "/", "aliases": ["/"]},
        )
        for number, (name, body) in enumerate(BODIES.items())
    ]
