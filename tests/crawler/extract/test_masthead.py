from collections.abc import Callable

from crawler.extract.clues import Clues
from crawler.extract.masthead import masthead_of

ReadClues = Callable[..., Clues]


def test_lines_are_told_apart_by_blocks_and_breaks(clues_of: ReadClues) -> None:
    lines = masthead_of(clues_of("", "<h1>Blue</h1><p>By <b>Ada</b></p><p>one<br>two</p>tail")).behind
    assert [line.pieces for line in lines] == [("By", "Ada"), ("one",), ("two",), ("tail",)]


def test_the_nearest_line_before_the_headline_comes_first(clues_of: ReadClues) -> None:
    lines = masthead_of(clues_of("", "<div><p>far</p><p>near</p><h1>Blue</h1></div>")).before
    assert [line.text for line in lines] == ["near", "far"]


def test_frames_and_captions_are_left_out(clues_of: ReadClues) -> None:
    body = "<h1>Blue</h1><nav>menu</nav><figure>caption</figure><script>code</script><p>text</p>"
    assert [line.text for line in masthead_of(clues_of("", body)).behind] == ["text"]


def test_the_headline_is_the_heading_that_says_the_title_not_the_site(clues_of: ReadClues) -> None:
    head = '<title>Bowers of blue | The Daily Bower</title><meta property="og:site_name" content="The Daily Bower">'
    masthead = masthead_of(clues_of(head, "<h1>The Daily Bower</h1><h2>Bowers of blue</h2><p>By Ada</p>"))
    assert masthead.heading is not None
    assert masthead.heading.text == "Bowers of blue"


def test_reading_stops_where_the_text_runs(clues_of: ReadClues) -> None:
    running = "".join(f"<p>{'word ' * 60}</p>" for _ in range(9))
    assert len(masthead_of(clues_of("", f"<h1>Blue</h1>{running}<p>end</p>")).behind) < 9


def test_a_page_without_headings_has_none(clues_of: ReadClues) -> None:
    assert masthead_of(clues_of("", "<p>By Ada Bower</p>")).lines == ()
