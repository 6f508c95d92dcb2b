"""Astro stops at a picture it cannot find, and shows no page with one whose address it cannot read."""

import pytest

from storage.formats.consumers.astro_pictures import with_buildable_pictures


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("![a](https://e.org/caf%C3%A9.png)", "![a](https://e.org/caf%C3%A9.png)"),
        ("![a](http://127.0.0.1:40851/x.png)", "![a](http://127.0.0.1:40851/x.png)"),
        ("![a](/public.png) ![b](//cdn.e.org/x.png)", "![a](/public.png) ![b](//cdn.e.org/x.png)"),
        ("![a](data:image/png;base64,AAA)", "![a](data:image/png;base64,AAA)"),
        ("![a](images/kept.png)", "![a](images/kept.png)"),
        ("![a [b]](./x.png 't')", "![a [b]](<https://example.org/d/x.png> 't')"),
        ("[![a](<my pic(1).png>)](y)", "[![a](<https://example.org/d/my%20pic(1).png>)](y)"),
        ("![a](caf%E9.jpg)", "[a](<https://example.org/d/caf%E9.jpg>)"),
        ("![](https://e.org/100%.png)", "[image](<https://e.org/100%.png>)"),
        ("![a](http://[bad/x) ![b](https://a@e.org/x)", "[a](<http://[bad/x>) [b](<https://a@e.org/x>)"),
        ("![a](javascript:%)", "[a](<javascript:%>)"),
        ("![a][r]\n\n[r]: ./x.png", "\\![a][r]\n\n[r]: ./x.png"),
        ("![r]\n\n[r]: javascript:%", "\\![r]\n\n[r]: javascript:%"),
        ("`![a](x)`\n\n```\n![a](x)\n```\n", "`![a](x)`\n\n```\n![a](x)\n```\n"),
    ],
)
def test_only_pictures_that_can_be_built_are_pictures(body: str, written: str) -> None:
    assert with_buildable_pictures(body, url="https://example.org/d/p", files={"images/kept.png"}) == written
