import time

import pytest

from crawler.extract.document import parse_page
from crawler.extract.jsonld import Graph, read_graph


def graph_of(*blocks: str) -> Graph:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    page = parse_page(f"<html><head>{scripts}</head><body></body></html>".encode())
    assert page is not None
    return read_graph(page.tree)


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Blue things"}',
        '[{"@type": "NewsArticle", "headline": "Blue things"}]',
        '{"@graph": [{}, {"@type": ["Thing", "https://schema.org/NewsArticle"], "headline": "Blue things"}]}',
        '{"@type": "NewsArticle", "headline": "Blue things",}',
        '<!-- {"@type": "NewsArticle", "headline": "Blue things"} -->',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "Blue things"}/*]]>*/',
        '{"@type": "NewsArticle", "headline": "Blue\nthings"};',
        '{"@type": "NewsArticle", "headline": "Blue &amp;nbsp; things"} trailing words',
        '{"@type": "Thing"},{"@type": "NewsArticle", "headline": "Blue things"}',
        '{\n"@type": "NewsArticle",\n// "url": "x",\n"about": "say "blue"",\n"headline": "Blue things"\n}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Blue <b>things</b>"}}',
    ],
)
def test_an_article_is_found_however_it_is_written(block: str) -> None:
    graph = graph_of("{broken", block)
    node = graph.of_types(["NewsArticle"])[0]
    assert graph.text(node, "headline") == "Blue things"


def test_a_reference_is_followed() -> None:
    graph = graph_of(
        '{"@graph": [{"@type": "Article", "author": {"@id": "#p"}}, {"@id": "#p", "@type": "Person", "name": "Ada"}]}'
    )
    assert graph.text(graph.of_types(["Article"])[0], "author") == "Ada"


def test_json_nested_beyond_reason_is_left_out() -> None:
    assert graph_of("[" * 100_000).nodes == ()


def test_a_tag_that_a_headline_speaks_of_stays() -> None:
    graph = graph_of('{"@type": "NewsArticle", "headline": "How the &lt;i&gt; tag &lt;b&gt;works&lt;/b&gt;"}')
    assert graph.text(graph.of_types(["NewsArticle"])[0], "headline") == "How the <i> tag works"


def test_a_comment_around_a_block_is_found_at_once_however_much_white_space_there_is() -> None:
    begun = time.process_time()
    assert graph_of('{"@type": "Article"' + "\n" * 300_000 + "x", '{"a": ' + ("," + " " * 1000) * 1000).nodes == ()
    assert time.process_time() - begun < 1
