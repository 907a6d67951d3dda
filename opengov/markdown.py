"""Markdown and HTML that people and other portals wrote, as HTML that cannot do harm."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "pre", "blockquote"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "abbr", "b", "code", "del", "em", "i", "s", "strong", "sub", "sup"),
}
HEADING = re.compile(r"<(/?)h([1-6])>")
BLOCK = re.compile(r"(?=<(?:br|dd|div|dt|h\d|hr|li|p|pre|td|th|tr)\b)")


def _image_as_link(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The policy of our pages lets no image come from elsewhere."""
    image = tokens[index]
    return f'<a href="{escape(str(image.attrs["src"]))}">{escape(image.content or str(image.attrs["src"]))}</a>'


_parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_parser.add_render_rule("image", _image_as_link)


def render(text: str | None, *, headings_from: int = 3) -> SafeString:
    """Safe HTML: no script, style or image, no address but http, https and mailto, links not followed by robots.

    Args:
        headings_from: the level that the text's highest heading takes; those below follow without a gap, for screen readers.
    """
    html = nh3.clean(
        _parser.render((text or "").replace("\0", "")),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(_settle_headings(html, headings_from))


def _settle_headings(html: str, first: int) -> str:
    used = sorted({int(level) for _, level in HEADING.findall(html)})
    last = first - 1

    def settle(match: re.Match[str]) -> str:
        nonlocal last
        if not match[1]:
            last = min(first + used.index(int(match[2])), last + 1, 6)
        return f"<{match[1]}h{last}>"

    return HEADING.sub(settle, html)


def plain(text: str | None) -> str:
    """The words alone, on one line: for summaries, feeds and the index. Not escaped."""
    html = BLOCK.sub(" ", _parser.render((text or "").replace("\0", "")))
    return " ".join(unescape(nh3.clean(html, tags=set())).split())
