"""The language of a block of code, as its mark-up names it. Nothing is guessed from the code."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

CODE_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|brush:?|highlight|syntax)[-:\s]\s*([\w+#.-]{1,20})",
    re.IGNORECASE,
)
NAME = re.compile(r"[\w+#.-]{1,20}")
STATED = ("data-lang", "data-language", "data-code-language")
NOT_LANGUAGES = frozenset(
    {"none", "plaintext", "plain", "text", "default", "wrap", "lines", "txt", "source", "notranslate"}
)
# Names that stand alone among the classes of a block: ``hljs python``, ``sourceCode haskell``, ``chroma go``.
LANGUAGES = frozenset(
    (
        "ada", "apache", "applescript", "asm", "awk", "bash", "bat", "c", "clojure", "cmake", "cobol", "coffeescript",
        "console", "cpp", "csharp", "css", "cuda", "cython", "d", "dart", "diff", "django", "docker", "dockerfile",
        "elixir", "elm", "erlang", "fortran", "fsharp", "gherkin", "glsl", "go", "golang", "graphql", "groovy",
        "haskell", "hcl", "html", "http", "ini", "java", "javascript", "jinja", "js", "json", "json5", "jsonc", "jsx",
        "julia", "kotlin", "latex", "lean", "less", "lisp", "lua", "makefile", "markdown", "matlab", "md", "mermaid",
        "nasm", "nginx", "nim", "nix", "objectivec", "ocaml", "pascal", "perl", "php", "powershell", "prolog",
        "properties", "protobuf", "py", "python", "python3", "r", "rb", "rs", "rst", "ruby", "rust", "sass", "scala",
        "scheme", "scss", "sh", "shell", "solidity", "sparql", "sql", "svelte", "swift", "tcl", "terraform", "tex",
        "toml", "ts", "tsx", "typescript", "vb", "verilog", "vhdl", "vim", "vue", "wasm", "xml", "yaml", "yml", "zig",
        "zsh",
    )
)  # fmt: skip


def code_language(block: _Element) -> str:
    """Return the language that an attribute or class of the block, its code or its wrappers names, or nothing."""
    wrappers = [parent for parent, _ in zip(block.iterancestors(), range(3), strict=False)]
    for element in (block, *block.iterdescendants("code", "pre"), *wrappers):
        name = next((name for name in names_of(element) if name not in NOT_LANGUAGES and NAME.fullmatch(name)), "")
        if name:
            return name
    return ""


def names_of(element: _Element) -> Iterator[str]:
    """What one element names as a language, in lower case, the surest first."""
    yield from (name.lower() for attribute in STATED if (name := element.get(attribute)))
    marks = element.get("class") or ""
    yield from (found.lower() for found in CODE_LANGUAGE.findall(marks))
    if element.tag in ("pre", "code") or "source" in marks or "highlight" in marks:
        yield from (name for name in marks.lower().split() if name in LANGUAGES)
