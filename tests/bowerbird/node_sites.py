"""Sites of Astro, Eleventy and Hexo for exported articles; npm fetches the generators. Not a test."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bowerbird.sites import PAGE, TIMEOUT_SECONDS, lay


@dataclass(frozen=True, slots=True)
class NodeSite:
    """A site whose generator npm installs: packages, skeleton, build, where what it built lies."""

    packages: tuple[str, ...]
    files: Mapping[str, str]
    command: tuple[str, ...]
    built: str


EJS_PAGE = PAGE.format(title="<%= page.title %>", id="<%= page.bowerbird_id %>", content="<%- page.content %>")
ASTRO = NodeSite(
    packages=("astro@5.18.2",),
    files={
        "astro.config.mjs": 'export default { site: "https://example.net", markdown: { smartypants: false } };\n',
        # The schema of the blog that `npm create astro` makes, and two fields of ours.
        "src/content.config.ts": """import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
const schema = ({ image }) => z.object({ title: z.string(), description: z.string(), pubDate: z.coerce.date(),
  updatedDate: z.coerce.date().optional(), heroImage: image().optional(), bowerbirdId: z.string(),
  tags: z.array(z.string()) });
const loader = glob({ base: "./src/content/blog", pattern: "**/*.{md,mdx}" });
export const collections = { blog: defineCollection({ loader, schema }) };
""",
        "src/pages/blog/[...slug].astro": """---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  return (await getCollection("blog")).map((post) => ({ params: { slug: post.id }, props: post }));
}
const { Content } = await render(Astro.props);
---
"""
        + PAGE.format(
            title="{Astro.props.data.title}", id="{Astro.props.data.bowerbirdId}", content="<Content />"
        ).replace("id=by", 'id="by"'),
    },
    command=("node_modules/.bin/astro", "build"),
    built="dist",
)
ELEVENTY = NodeSite(
    packages=("@11ty/eleventy@3.1.8",),
    files={
        "_includes/post.njk": PAGE.format(title="{{ title }}", id="{{ bowerbird_id }}", content="{{ content | safe }}"),
    },
    command=("node_modules/.bin/eleventy", "--quiet"),
    built="_site",
)
HEXO = NodeSite(
    packages=("hexo@8.1.2", "hexo-renderer-marked@7.0.1", "hexo-renderer-ejs@2.0.0"),
    files={
        "_config.yml": "url: https://example.net\npermalink: :title/\ntheme: plain\nsyntax_highlighter:\n"
        "marked: {smartypants: false, autolink: false}\n",
        "themes/plain/layout/post.ejs": EJS_PAGE,
        "themes/plain/layout/index.ejs": "",
    },
    command=("node_modules/.bin/hexo", "generate"),
    built="public",
)


def install(site: NodeSite, folder: Path) -> None:
    """Lay a site and let npm fetch its generator; skip the test where it cannot."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    # What hexo knows a site of its own by; npm takes the folder for a package of its own.
    lay(folder, {**site.files, "package.json": '{"hexo": {"version": "8.1.2"}}'})
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", *site.packages]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm took too long to install {site.packages[0]}")
    if done.returncode:
        pytest.skip(f"npm could not install {site.packages[0]}: {done.stderr.strip().splitlines()[-1:]}")
