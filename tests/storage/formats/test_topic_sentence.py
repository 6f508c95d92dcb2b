"""The sentence that first names a topic."""

import time

import pytest

from storage.formats.topic_sentence import LONGEST, first_sentence_on

SAID = "Pre-training makes a model of a language."


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        # Whole words, in any case, whatever stands between them.
        ("Pre training", f"Nothing yet. {SAID} More of it.", SAID),
        ("PRE-TRAINING", f"Unpretraining is no word. {SAID}", SAID),
        ("Kubernetes", "Kuberneteslike things. We run KUBERNETES here.", "We run KUBERNETES here."),
        ("LLM", "Many LLMs are large.", "Many LLMs are large."),
        ("my_lib", "Call my_lib_two first. Then my-lib is called.", "Then my-lib is called."),
        ("naïve Bayes", "Try NAÏVE BAYES first, it is quick.", "Try NAÏVE BAYES first, it is quick."),
        # Figures.
        ("GPT-3.5", "GPT 35 is none. GPT-3.5 is a model.", "GPT-3.5 is a model."),
        ("GPT 3 5", "It was GPT-3.5 that said so.", "It was GPT-3.5 that said so."),
        ("GPT 3", "GPT 35 is none, and GPT3 is.", "GPT 35 is none, and GPT3 is."),
        # Short names are words of the language as well.
        ("Go", "We go home now. Go is a language.", "Go is a language."),
        ("ai", "A ai is a sloth. AI is a field.", "A ai is a sloth."),
        ("AI", "An ai is a sloth. AI is a field.", "AI is a field."),
        ("C", "C++ is larger, C# newer, R&C a firm. We still write C today.", "We still write C today."),
        ("C++", "C is older. C++ is larger than it.", "C++ is larger than it."),
        # Ends of sentences.
        ("Python", "Ask Dr. Smith of the U.S. Army, e.g. J. Smith, on Python 3.5. Or not.", None),
        ("Python", "Is it 3.5? It is Python! Yes.", "It is Python!"),
        ("Python", "“We use Python.” So they said.", "“We use Python.”"),
        ("Python", "We took Python etc. and more of it. So it was.", "We took Python etc. and more of it."),
        # Other scripts.
        ("机器学习", "人工智能很好。深度机器学习是一种方法。第三句。", "深度机器学习是一种方法。"),
        ("Python", "使用Python进行数据分析。这是第二句。", "使用Python进行数据分析。"),
        ("パイソン", "これはペンです。パイソンは言語です。", "パイソンは言語です。"),
        ("파이썬", "이것은 책입니다. 파이썬은 프로그래밍 언어입니다.", "파이썬은 프로그래밍 언어입니다."),
        ("हिन्दी", "यह एक वाक्य है। हिन्दी एक भाषा है।", "हिन्दी एक भाषा है।"),
        ("Питон", "Это змея. Питонов много, питон один.", "Питонов много, питон один."),
    ],
)
def test_it_is_the_first_that_names_it(name: str, text: str, sentence: str | None) -> None:
    expected = sentence or text.removesuffix(" Or not.")
    assert first_sentence_on(name, text) == expected
    assert first_sentence_on(name, f"A heading\n\nAnother paragraph without it.\n\n{text}\n\nThe end.") == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Python", "Nothing of the kind."),
        ("Python", "Python"),
        ("Python", "Why Python is better than the rest of them"),
        ("Python", "- Python is one of the items."),
        ("Python", "# Python is a heading."),
        ("Python", "1) Python is the first."),
        ("Python", "> Python is quoted."),
        ("Python", f"Python is {'very ' * LONGEST}long."),
        ("???", "What??? is this then."),
        ("", "No name is here at all."),
        ("word " * 20, "word " * 40 + "."),
    ],
)
def test_what_is_no_paragraph_is_left_out(name: str, text: str) -> None:
    assert first_sentence_on(name, text) == ""


def test_a_heading_is_passed_over_for_a_sentence() -> None:
    assert first_sentence_on("Python", "What is Python\n\nPython is a language.") == "Python is a language."


def test_a_long_paragraph_needs_no_full_stop() -> None:
    text = f"Python {'is a language of many words and ' * 4}that is all"
    assert first_sentence_on("Python", text) == text


@pytest.mark.parametrize(
    "piece", [" ", "a", "a ", ".", "Deep", "Deep_", "Deep Learnin ", "Deep Learning ", "Deep.Learning. "]
)
def test_a_text_made_to_be_slow_takes_no_time(piece: str) -> None:
    before = time.process_time()
    first_sentence_on("Deep Learning", piece * 100_000)
    assert time.process_time() - before < 0.5
