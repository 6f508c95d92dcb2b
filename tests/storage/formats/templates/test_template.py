"""A user's own template: what it can say, and what it cannot do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from storage.article import Article, Author
from storage.formats.errors import BadOption, BadTemplate
from storage.formats.templates.syntax import as_jinja
from storage.formats.templates.template import TemplateFormat
from tests.storage.formats.consumers.articles import PLAIN, evil_articles

CLIPPING = """---
title: {{title|yaml}}
source: {{url|yaml}}
author: {{author|split:", "|wikilink|yaml}}
published: {{published|date:"YYYY-MM-DD"}}
tags:
{{tags|list}}
---
> {{description}}

{{content}}
"""


def made(text: str, article: Article = PLAIN, **options: Any) -> str:
    return TemplateFormat().write(article, {"template": "mine.md", "text": text, **options}).text


def test_a_template_says_what_stands_in_the_file_and_where_it_lies() -> None:
    document = TemplateFormat().write(
        PLAIN, {"template": "mine.md", "text": CLIPPING, "path": "{{published|date:'YYYY/MM'}}/{{title|safe_name}}.md"}
    )
    assert document.path == "2026/03/How the tides turn.md"
    assert document.text == (
        '---\ntitle: "How the tides turn"\nsource: "https://example.org/tides"\n'
        'author: ["[[Ann Moor]]", "[[Harbour Desk]]"]\npublished: 2026-03-01\ntags:\n- tides\n- C#\n- CI/CD\n---\n'
        "> Why the water comes back.\n\nThe moon pulls.\n\n## Twice a day\n\nAnd again.\n"
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{title|lower|replace:' ':'_'}}", "how_the_tides_turn"),
        ('{{title|replace:("How":"Why","tides":"seas")}}', "Why the seas turn"),
        ("{{title|upper|slice:0,3}}", "HOW"),
        ("{{title|slice:-4}}", "turn"),
        (
            "{{title|kebab}} {{title|snake}} {{title|camel}} {{title|pascal}}",
            "how-the-tides-turn how_the_tides_turn howTheTidesTurn HowTheTidesTurn",
        ),
        ("{{'camelCase'|uncamel|title}} {{'hELLO wORLD'|capitalize}}", "Camel Case Hello world"),
        ("{{tags|first}} {{tags|last}} {{tags|length}} {{tags|join:' + '}}", "tides CI/CD 3 tides + C# + CI/CD"),
        ("{{tags|list:numbered-task}}", "1. [ ] tides\n2. [ ] C#\n3. [ ] CI/CD"),
        ("{{'a\nb'|blockquote}} {{'x'|callout:('tip','T')}}", "> a\n> b > [!tip] T\n> x"),
        (
            "{{url|link:'here'}} {{image|image:'alt'}}",
            "[here](https://example.org/tides) ![alt](https://example.org/tide.png)",
        ),
        ("{{'a [b]|c'|wikilink:'d'}} {{['x', 'x']|unique|merge('y')|join}}", "[[a b c|d]] x,y"),
        ("{{date}} {{time|date:'D MMM YYYY [at] HH:mm Z'}}", "2026-03-02 2 Mar 2026 at 00:00 +00:00"),
        ("{{'no date'|date:'YYYY'}}{{published|date:'dddd h A'}}", "no dateSunday 12 PM"),
        ("{{words}} {{domain}} {{site}} {{language}} {{id}}", "8 example.org The Harbour Ledger en a1b2c3"),
        ("{% for tag in tags if tag != 'CI/CD' %}{{loop.index}}#{{tag|kebab}} {% endfor %}", "1#tides 2#c "),
        ("{% if 'C#' in tags %}yes{% endif %}{{license|default('none', true)}}", "yesnone"),
        ("{{tags}} {{tags|reverse}} {{true}}", '["tides", "C#", "CI/CD"] ["CI/CD", "C#", "tides"] true'),
        ("{{tags|map('upper')|list}}|{{tags|reject('equalto', 'C#')|join}}", "- TIDES\n- C#\n- CI/CD|tides,CI/CD"),
        ("{{tags|table:('A','B')}}", "| A | B |\n| - | - |\n| tides | C# |\n| CI/CD |  |"),
        ("{{tags|footnote}}", "[^1]: tides\n\n[^2]: C#\n\n[^3]: CI/CD"),
        ("{{'x'|callout:('tip','T',true)}}{{'x'|callout:('tip','',false)}}", "> [!tip]- T\n> x> [!tip]+\n> x"),
        ("{{'01.02.2024'|date:('YYYY-MM-DD','DD.MM.YYYY')}}{{'x'|date:('YYYY','DD')}}", "2024-02-01x"),
        ("{{'2024-01-31'|date_modify:'+1 month'}} {{date|date_modify:'- 2 weeks'}}", "2024-02-29 2026-02-16"),
        ("{{5|calc:'+10'}} {{'2'|calc:'**3'}} {{'x'|calc:'+1'}} {{'7'|calc:'/2'}}", "15 8 x 3.5"),
        ("{{3.7|round}} {{3.14159|round:2}} {{'x'|round}}", "4 3.14 x"),
        (r"{{'a:b'|replace:'\:':'-'}} {{'a%20b'|decode_uri}} {{'<p>a<b>c</p>'|strip_tags}}", "a-b a b ac"),
        ("{{license ?? 'none'|upper}}{% if title contains 'tides' && !license %}y{% endif %}", "NONEy"),
        ("{% if license %}a{% elseif title || license %}b{% endif %}{{'a ?? b && c'}}", "ba ?? b && c"),
        ("{{ 2 * 3 }}{{ 'a' ~ 'b' }}{{ 'a:b' }}{{ ' x '|trim }}{{ 'a,b'|split:','|last }}", "6aba:bxb"),
    ],
)
def test_variables_and_filters_are_those_of_the_web_clipper(template: str, text: str) -> None:
    assert made(template) == text


def test_a_template_of_jinja_is_left_as_it_is() -> None:
    for template in ("{{ a|join(', ') }}", "{{ {'a': b|upper} }}", "a|b:c", "{{ 'x|y:1' }}", "{{ a|b(c)|d }}"):
        assert as_jinja(template) == template


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{{ titel }}", "mine.md, line 2: 'titel' is undefined; correct the template"),
        ("a\n\n{% if %}", "mine.md, line 3: Expected an expression, got 'end of statement block'"),
        ("{{ title|shout }}", "mine.md, line 1: No filter named 'shout'."),
        ("\n{{ title|slice('a') }}", "mine.md, line 2: slice indices must be integers"),
        ("{% include 'x' %}", "mine.md, line 1: there is no 'x': a template stands alone"),
        ("\n{% import 'x' as x %}", "mine.md, line 2: there is no 'x'"),
        ("{{ title.upper }}", "mine.md, line 1: access to attribute 'upper'"),
        ("\n{{ title.upper() }}", "mine.md, line 2: only range, its own macros and what a loop has can be called"),
        ("{{ title|replace:'/[aeiou]/g':'x' }}", "mine.md, line 1: replace takes texts, not patterns"),
        ("{{ date|date_modify:'soon' }}", "mine.md, line 1: date_modify takes a change such as '+1 year', not 'soon'"),
        ("{{ '9999-12-01'|date_modify:'+1 month' }}", "mine.md, line 1: "),
        ("{{ 2|calc:'x' }}", "mine.md, line 1: calc takes one of"),
        ("{{ 1 / 0 }}", "mine.md, line 1: division by zero"),
        ("---\na: [\n---\n", "mine.md: the front matter it makes cannot be read back"),
        ("---\na\n---\n", "mine.md: the front matter it makes is no mapping"),
    ],
)
def test_an_error_names_file_line_and_reason(template: str, message: str) -> None:
    with pytest.raises(BadTemplate) as error:
        made(template)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.format(x=1) }}",
        "{{ '%900000000d'|format(1) }}",
        "{{ 'x'.ljust(10 ** 9) }}",
        "{{ 'x' * 10000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for x in range(100000000) %}{% endfor %}",
        "{% set n = namespace(x='a') %}",
        "{{ lipsum(9999999) }}",
        "{{ tags.append('x') }}",
        "{% set x = [content] %}{% for a in range(999) %}{% for b in range(999) %}{{ title }}{% endfor %}{% endfor %}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range.__globals__ }}",
        "{{ '%1000000000d' % 1 }}",
        "{% macro m(x, n) %}{% if n %}{{ m(x ~ x, n - 1) }}{% endif %}{% endmacro %}{{ m(title, 40) }}",
        "{% macro m(x, n) %}{% if n %}{{ m(x + x, n - 1) }}{% endif %}{% endmacro %}{{ m([1], 40) }}",
        "{% macro m(x, n) %}{% if n %}{{ m([x, x], n-1) }}{% else %}{{ x|join }}{% endif %}{% endmacro %}{{ m(1,40) }}",
        "{% macro m(x, n) %}{% if n %}{{ m([x, x], n - 1) }}{% else %}{{ x }}{% endif %}{% endmacro %}{{ m([1], 40) }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for a in range(999) %}{% for b in range(999) %}{% for c in tags %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set x %}{% for a in range(999) %}{% for b in range(999) %}{{ url }}{% endfor %}{% endfor %}{% endset %}",
        "{{ (title * 9)|replace('', title) }}",
        "{% set x = url|replace('', url)|replace('', url) %}{{ x|replace('', x) }}",
        "{% set x = url|replace('', url)|replace('', url) %}{{ x|split|join(x) }}",
        "{% set x = url|replace('', url)|replace('', url) %}{{ x|split|link(x) }}",
        "{{ 1|round(1000000000, 'ceil') }}",
    ],
)
def test_a_template_reaches_nothing_and_ends(template: str) -> None:
    with pytest.raises(BadTemplate):
        made(template)


def test_only_the_template_names_folders() -> None:
    article = replace(PLAIN, title="../../etc/passwd", tags=("a/b",))
    for path in (
        "{{title}}.md",
        "x/{{title}}",
        "{{tags|first}}/{{title}}.md",
        "../{{title}}",
        "/{{url}}",
        ".",
        "con.md",
    ):
        parts = TemplateFormat().write(article, {"template": "t", "text": "", "path": path}).path.split("/")
        assert len(parts) <= path.replace("}}/{{", "/").count("/") + 1
        assert not {"", ".", ".."} & set(parts)
        assert parts[-1] not in ("con.md", "passwd")


def test_what_an_article_says_is_never_a_template() -> None:
    for article in evil_articles():
        assert made("{{ title }}\n{{ content }}", article) == f"{article.title}\n{article.body}"


@given(st.text(), st.lists(st.text()))
def test_any_text_is_read_back_with_the_filter_yaml(text: str, tags: list[str]) -> None:
    article = replace(PLAIN, body=text, tags=tuple(tags), authors=(Author(text),))
    front = made("---\nbody: {{ content|yaml }}\ntags: {{ tags|yaml }}\n---\n", article)
    fields = yaml.safe_load(front[4:-5])
    assert set(fields) == {"body", "tags"}
    assert len(fields["tags"]) == len(tags)


def test_options_are_checked_before_anything_is_written() -> None:
    with pytest.raises(BadOption, match="'template'"):
        TemplateFormat().check({})
    with pytest.raises(BadTemplate, match=r"the option path of t, line 1: "):
        TemplateFormat().check({"template": "t", "path": "{{"})
    with pytest.raises(BadTemplate, match="its file was not read"):
        TemplateFormat().write(PLAIN, {"template": "t"})


def test_a_time_keeps_its_offset() -> None:
    said = datetime(2026, 1, 31, 23, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    article = replace(PLAIN, published_at=said, captured_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert (
        made("{{published|date:'YY-M-D H:m:s ZZ a ddd'}} {{date}}", article) == "26-1-31 23:5:0 +0530 pm Sat 2026-02-01"
    )
