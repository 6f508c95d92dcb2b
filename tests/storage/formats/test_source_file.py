import pytest

from storage.formats.errors import UnreadableFile
from storage.formats.source_file import SourceFile, decoded, split_file


@pytest.mark.parametrize(
    ("text", "front_matter", "body"),
    [
        ("---\na: b\n---\n\nA\n---\nB", "a: b\n", "\n\nA\n---\nB"),
        ("---  \na: b\n--- \nA", "a: b\n", "\nA"),
        ("---\n---", "", ""),
        ("A\n---\nB", None, "A\n---\nB"),
        ("", None, ""),
    ],
)
def test_the_body_is_what_follows_the_front_matter(text: str, front_matter: str | None, body: str) -> None:
    assert split_file(text, path="a.md") == SourceFile("a.md", front_matter, body)


def test_a_file_has_its_name_and_its_folder() -> None:
    file = split_file("", path="vault/topics/Tool/A.B.md")
    assert (file.stem, file.folder) == ("A.B", "Tool")
    assert (split_file("", path="a").stem, split_file("", path="a").folder) == ("a", "")


def test_line_ends_are_those_of_the_first_line() -> None:
    assert decoded(b"\xef\xbb\xbfa\r\nb\r\n", path="a.md") == "a\nb\n"
    assert decoded(b"a\nb\r\n", path="a.md") == "a\nb\r\n"


def test_other_encodings_are_refused_with_the_line() -> None:
    with pytest.raises(UnreadableFile, match=r"x/a\.md, line 2: it is not UTF-8"):
        decoded(b"a\n\xe9", path="x/a.md")
