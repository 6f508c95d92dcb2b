"""The rules of the house that no linter knows: sizes, names, the places of a broad ``except``, what we depend on."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bowerbird", "scheduler", "crawler", "storage")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"})
# Around one crawl, and at the command line's edge.
BROAD_EXCEPTS = {"bowerbird/cli/main.py": 1, "crawler/run.py": 1}
# Modules that belong to the interface of a distribution we depend on, though another one brings them.
# compression is Python's own from 3.14 on.
BROUGHT_BY = {"compression": "backports.zstd", "pydantic_core": "pydantic", "zope": "twisted"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = [handler.type] if not isinstance(handler.type, ast.Tuple) else handler.type.elts
    names = {node.id for node in caught if isinstance(node, ast.Name)}
    ends_by_raising = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return (handler.type is None or bool(names & {"Exception", "BaseException"})) and not ends_by_raising


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def plain_name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_no_module_is_too_long() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES + TESTS}
    assert {name: size for name, size in sizes.items() if size > MAX_MODULE_LINES} == {}


def test_no_function_is_too_long() -> None:
    sizes = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES + TESTS
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path))] == []


def test_names_say_something() -> None:
    parts = {name_of(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES}
    assert [name for name, words in parts.items() if words & VAGUE_NAMES] == []


def test_everything_is_caught_in_two_places_only() -> None:
    found = {
        name_of(path): count
        for path in MODULES
        if (count := sum(is_broad(node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)))
    }
    assert found == BROAD_EXCEPTS


def test_a_package_imports_nothing() -> None:
    packages = {name_of(path): tree_of(path).body for path in MODULES if path.name == "__init__.py"}
    assert {name for name, body in packages.items() if [type(node) for node in body] != [ast.Expr]} == set()


def test_there_is_no_package_among_the_tests() -> None:
    assert [name_of(path) for path in TESTS if path.name == "__init__.py"] == []


def test_nobody_else_owns_our_names() -> None:
    owners = packages_distributions()
    assert {name: owners[name] for name in PACKAGES if set(owners.get(name, [])) - {"bowerbird"}} == {}


def test_we_declare_what_we_import() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [item for name, items in project["optional-dependencies"].items() if name != "dev" for item in items]
    declared = {plain_name(item) for item in (*project["dependencies"], *extras)}
    owners = packages_distributions()
    foreign = set().union(*map(imported, MODULES)) - set(sys.stdlib_module_names) - set(PACKAGES)
    undeclared = {
        name
        for name in foreign
        if not declared & {plain_name(owner) for owner in [BROUGHT_BY.get(name, ""), *owners.get(name, [])] if owner}
    }
    assert undeclared == set()


def test_every_package_is_shipped() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert set(build["targets"]["wheel"]["packages"]) == set(PACKAGES)


def test_no_file_holds_the_marks_of_a_merge() -> None:
    marks = re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE)
    root = Path(__file__).resolve().parents[1]
    files = [file for pattern in ("*.md", "docs/**/*.md", "*.yaml", "*.toml") for file in root.glob(pattern)]
    assert len(files) > 20
    assert [file.name for file in files if marks.search(file.read_text(encoding="utf-8"))] == []
