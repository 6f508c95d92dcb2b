"""YAML as the world's libraries read it: PyYAML, ruamel.yaml, and through node js-yaml 3, js-yaml 4 and yaml."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

SCRIPT = Path(__file__).with_name("readers.js")
PACKAGES = ("js-yaml-3@npm:js-yaml@3.14.1", "js-yaml-4@npm:js-yaml@4.1.0", "yaml@2.5.0")
LOADERS = {"PyYAML": yaml.SafeLoader, "libyaml": getattr(yaml, "CSafeLoader", yaml.SafeLoader)}
INSTALL_SECONDS = 120
Read = dict[str, Any]


def read_in_python(text: str) -> Read:
    """What each library of Python reads."""
    ruamel = YAML(typ="safe", pure=True)
    return {**{name: yaml.load(text, loader) for name, loader in LOADERS.items()}, "ruamel.yaml": ruamel.load(text)}


@dataclass(frozen=True, slots=True)
class Node:
    """A process of node that reads all documents, one after the other."""

    process: subprocess.Popen[str]

    def read(self, text: str) -> Read:
        """What each library of JavaScript reads."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps(text)}\n")
        self.process.stdin.flush()
        made = json.loads(self.process.stdout.readline())
        assert isinstance(made, dict)
        return made


@contextmanager
def running_node(folder: Path) -> Iterator[Node]:
    """Install the three libraries into a folder and run node there; the test is skipped where that cannot be."""
    install(folder)
    process = subprocess.Popen(
        ["node", SCRIPT],
        env={**os.environ, "NODE_PATH": str(folder / "node_modules")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        yield Node(process)
        process.terminate()


def install(folder: Path) -> None:
    """Let npm install what is missing."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    # A folder that is no package of its own.
    (folder / "package.json").write_text("{}", encoding="utf-8")
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", *PACKAGES]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm took too long to install js-yaml and yaml")
    if done.returncode:
        pytest.skip(f"npm could not install js-yaml and yaml: {done.stderr.strip().splitlines()[-1:]}")
