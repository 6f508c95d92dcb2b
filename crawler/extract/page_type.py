"""What type of page it is, by its own mark-up and by the program that made it. Not for lists: see judgement.py.

Words of an address are no evidence: ``/forum/`` and ``/docs/`` hold announcements and product pages as well.
"""

import re
from typing import Literal

from crawler.extract.article_node import article_node, is_declared_article, video_node
from crawler.extract.clues import Clues, once_a_page
from crawler.extract.query import elements_at

PageType = Literal["article", "video", "forum", "product", "documentation"]
PRODUCTS = ("Product", "ProductGroup")
THREADS = ("DiscussionForumPosting", "QAPage")
MANUALS = ("TechArticle", "APIReference")
TYPED = "descendant::*[@itemtype]"
THREAD_ITEM = re.compile(r"schema\.org/(?:DiscussionForumPosting|QAPage)\b")
PRODUCT_ITEM = re.compile(r"schema\.org/Product\b")
FORUM_PROGRAM = re.compile(
    r"\b(?:discourse|phpbb|vbulletin|xenforo|mybb|nodebb|flarum|invision|ips|simple machines|smf|vanilla|askbot|"
    r"question2answer|lemmy|bbpress|burning board|woltlab suite forum|fluxbb|punbb)\b",
    re.IGNORECASE,
)
MANUAL_PROGRAM = re.compile(
    r"\b(?:sphinx|mkdocs|docusaurus|gitbook|vitepress|vuepress|mdbook|doxygen|docfx|antora|javadoc|rustdoc|redoc|"
    r"swagger|mintlify|readme\.io|docutils|asciidoctor|mediawiki manual|starlight|nextra|docsify|texinfo|makeinfo)\b",
    re.IGNORECASE,
)
MANUAL_BODY = re.compile(r"\b(?:wy-body-for-nav|docs-wrapper|docs-doc-page|md-nav|gitbook-root)\b")


def page_type(clues: Clues) -> PageType:
    """Return the type of a page that is kept."""
    if is_thread(clues):
        return "forum"
    is_article = is_declared_article(clues)
    if clues.first_meta("og:type").lower().startswith("video") or (video_node(clues) is not None and not is_article):
        return "video"
    if is_product(clues) and article_node(clues) is None:
        return "product"
    return "documentation" if is_manual(clues) else "article"


def is_thread(clues: Clues) -> bool:
    """Whether a page is a thread of a forum, or a question with its answers."""
    if clues.graph.of_types(THREADS) or FORUM_PROGRAM.search(program(clues)):
        return True
    root, body = clues.tree, clues.tree.find("body")
    made_by = (root.get("id") or "", root.get("class") or "", (body.get("class") or "") if body is not None else "")
    if made_by[0] in ("XenForo", "XF") or "ipsApp" in made_by[2].split():
        return True
    return any(map(THREAD_ITEM.search, item_types(clues)))


@once_a_page
def is_product(clues: Clues) -> bool:
    """Whether a page sells or describes one thing: several of them are a list, or teasers."""
    kind = clues.first_meta("og:type").lower().rpartition(":")[2]
    if kind.startswith("product") and not kind.endswith("group"):
        return True
    return len(clues.graph.of_types(PRODUCTS)) == 1 or sum(map(bool, map(PRODUCT_ITEM.search, item_types(clues)))) == 1


def is_manual(clues: Clues) -> bool:
    """Whether a page is documentation."""
    body = clues.tree.find("body")
    classes = (body.get("class") or "") if body is not None else ""
    return bool(
        clues.graph.of_types(MANUALS)
        or clues.first_meta("docsearch:version", "docusaurus_locale", "readthedocs-addons-api-version")
        or MANUAL_PROGRAM.search(program(clues))
        or MANUAL_BODY.search(classes)
    )


@once_a_page
def item_types(clues: Clues) -> tuple[str, ...]:
    """Return the types of the page's microdata items, each as often as it is there."""
    return tuple(element.get("itemtype") or "" for element in elements_at(clues.tree, TYPED))


@once_a_page
def program(clues: Clues) -> str:
    """Return the name of the program that made a page, as far as it gives it."""
    return f"{clues.first_meta('generator')} {clues.first_meta('application-name')}"
