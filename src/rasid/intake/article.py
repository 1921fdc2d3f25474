"""The main text of a page. trafilatura finds it; what is clearly frame by its markup is cut before, and where
it finds too little (short posts, div soup) the densest stretch of running text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from rasid.intake.furniture import opens_related

_FRAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|disqus|related|recommend\w*|read-?more|readmore|also|share|sharing|share-?bar|social|sharedaddy|addtoany|"
    r"sidebar|side-?bar|widgets?|menu|navbar|nav|navigation|breadcrumbs?|pagination|footer|newsletter|subscribe|cookie\w*|popup|modal|"
    r"advert\w*|ads?|adsbygoogle|banner|promo|popular|trending|most-?read|latest|ticker|tags?|tagcloud|tag-?links|author-?box|post-?nav\w*|"
    r"prev-?next|skip-?link|print|copyright|jp-relatedposts|yarpp\w*|taboola\w*|outbrain\w*|wm-ipp\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_DROP_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "nav",
    "footer",
    "aside",
    "button",
    "select",
    "input",
)
_BLOCKS = {
    "p",
    "div",
    "li",
    "td",
    "th",
    "tr",
    "table",
    "blockquote",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dd",
    "dt",
    "figure",
    "figcaption",
    "pre",
    "center",
    "header",
    "body",
    "form",
}
_LETTERS = re.compile(r"[^\W\d_]")
#: A share of the page's running text above which an element is its main part, whatever its class says.
_MAIN_SHARE = 0.5


def article_text(tree: html.HtmlElement) -> str:
    """The article of a parsed page, one paragraph a line; "" where there is none. ``tree`` is changed."""
    _cut(tree)
    own = _dense(tree)
    found = _by_trafilatura(tree)
    if found and _size(found) >= 0.4 * _size(own) and not _laid_out_by_table(found):
        return found
    return own or found


def _laid_out_by_table(text: str) -> bool:
    """Is most of a text in table rows? Old sites lay pages out with tables, menu and all."""
    rows = "".join(line for line in text.split("\n") if line.startswith("|"))
    return _size(rows) > 0.5 * _size(text)


def _size(text: str) -> int:
    return len(_LETTERS.findall(text))


def _cut(tree: html.HtmlElement) -> None:
    """Take out scripts, and what by tag, role, id or class is frame and not most of the page's text."""
    etree.strip_elements(tree, etree.Comment, with_tail=False)
    total = sum(len(p.text_content()) for p in tree.iter("p")) or len(tree.text_content())
    for el in list(tree.iter()):
        if not isinstance(el.tag, str) or el.getparent() is None or el.tag in {"html", "body", "head"}:
            continue
        code = el.tag in {"script", "style", "noscript", "template"}
        if code or (_is_frame(el) and not _is_main(el, total)):
            el.drop_tree()
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6")):
        if heading.getparent() is not None and opens_related(heading.text_content()):
            _cut_cards(heading)


def _cut_cards(heading: html.HtmlElement) -> None:
    """Take out the heading of related posts and what follows it, up to a paragraph that links nowhere."""
    following = list(heading.itersiblings())
    heading.drop_tree()
    for el in following:
        if isinstance(el.tag, str) and el.tag == "p" and el.find(".//a") is None:
            return
        if isinstance(el.tag, str) and el.find(".//h1") is None:
            el.drop_tree()


def _is_frame(el: html.HtmlElement) -> bool:
    if el.tag in _DROP_TAGS or el.get("role") in {
        "navigation",
        "complementary",
        "banner",
        "contentinfo",
        "search",
    }:
        return True
    if el.get("hidden") is not None or "display:none" in (el.get("style") or "").replace(" ", ""):
        return True
    return bool(_FRAME.search(f"{el.get('id') or ''} {el.get('class') or ''}"))


def _is_main(el: html.HtmlElement, total: int) -> bool:
    inside = sum(len(p.text_content()) for p in el.iter("p")) or len(el.text_content())
    return inside > _MAIN_SHARE * max(1, total)


def _by_trafilatura(tree: html.HtmlElement) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(
        html.fromstring(html.tostring(tree, encoding="unicode")),
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    text = getattr(found, "text", None) if found is not None else None
    return text or ""


def _dense(tree: html.HtmlElement) -> str:
    """The element whose own paragraphs hold the most running text, as text."""
    scores: dict[html.HtmlElement, int] = {}
    for parent, text in _paragraphs(tree):
        size = _size(text)
        if size < 25:
            continue
        scores[parent] = scores.get(parent, 0) + size
        outer = parent.getparent()
        if outer is not None:
            scores[outer] = scores.get(outer, 0) + size // 2
    if not scores:
        return ""
    best = max(scores, key=lambda el: scores[el])
    return "\n".join(t for _, t in _paragraphs(best))


def _paragraphs(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Runs of text between block elements and <br>, each with the container of its paragraph."""
    for holder, text in _runs(root):
        joined = " ".join(text.split())
        if joined and _link_share(holder) < 0.6:
            yield (
                (holder.getparent() if holder.tag == "p" and holder.getparent() is not None else holder),
                joined,
            )


def _link_share(el: html.HtmlElement) -> float:
    whole = len(el.text_content())
    return sum(len(a.text_content()) for a in el.iter("a")) / whole if whole else 0.0


def _runs(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    parts: list[str] = []
    holders = [root]
    for event, el in etree.iterwalk(root, events=("start", "end")):
        block = el.tag in _BLOCKS or el.tag == "br"
        if event == "start":
            if block and parts:
                yield holders[-1], "".join(parts)
                parts = []
            if el.tag in _BLOCKS:
                holders.append(el)
            parts.append(el.text or "")
            continue
        if el.tag in _BLOCKS:
            if parts:
                yield holders[-1], "".join(parts)
                parts = []
            holders.pop()
        if el is not root:
            parts.append(el.tail or "")
    if parts:
        yield root, "".join(parts)
