"""Which text nodes an extractor kept, told by the marks it leaves in its result."""

from lxml import html

from crawler.extract.watermark import CODE, code_of, numbers_in, text_nodes, watermarked, without_codes

PAGE = '<body> <p>One <b>two</b> three</p><script>four</script><p>{"five": 5}</p><p> ... </p><p>six</p></body>'


def body() -> html.HtmlElement:
    return body_of(f"<html>{PAGE}</html>")


def body_of(page: str) -> html.HtmlElement:
    found = html.document_fromstring(page).find("body")
    assert isinstance(found, html.HtmlElement)
    return found


def test_each_node_with_a_word_is_marked_at_its_first_word_and_unmarked_after() -> None:
    tree = body()
    before = html.tostring(tree)
    with watermarked(tree) as nodes:
        assert [CODE.sub("", node.text) for node in nodes] == ["One ", " three", "two", "six"]
        assert [node.text.lstrip()[:2] for node in nodes] == [code_of(number) for number in range(4)]
        assert nodes[1].text[0] == " "
        assert numbers_in("".join(str(text) for text in tree.itertext())) == {0, 1, 2, 3}
    assert html.tostring(tree) == before


def test_marks_are_taken_back_when_an_extractor_fails() -> None:
    tree = body()
    before = html.tostring(tree)
    try:
        with watermarked(tree):
            raise ArithmeticError
    except ArithmeticError:
        pass
    assert html.tostring(tree) == before


def test_the_numbers_of_what_was_kept_are_read_from_any_text() -> None:
    assert numbers_in(f"x{code_of(7)}y {code_of(70_000)}z") == {7, 70_000}
    element = html.fragment_fromstring(f"<p>{code_of(3)}a<b>{code_of(4)}b</b>{code_of(5)}c</p>")
    assert "".join(map(str, without_codes(element).itertext())) == "abc"


def test_nodes_come_in_the_order_of_their_elements_without_what_nobody_reads() -> None:
    tree = body_of("<body>a<p>b<i>c</i>d</p>e<style>f</style>g<svg><text>h</text></svg></body>")
    assert [node.text for node in text_nodes(tree)] == ["a", "e", "b", "d", "c", "g"]
