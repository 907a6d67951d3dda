import pytest
from hypothesis import given
from hypothesis import strategies as st

from opengov.markdown import plain, render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Two **bold** words", "<p>Two <strong>bold</strong> words</p>\n"),
        (
            "[portal](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">portal</a></p>\n',
        ),
        ("<p>From another <em>portal</em></p>", "<p>From another <em>portal</em></p>"),
        ("a <script>alert(1)</script> b", "<p>a  b</p>\n"),
        ("<style>p {}</style><p onclick='x()' style='color:red'>hi</p>", "<p>hi</p>"),
        ("<a href='javascript:alert(1)'>x</a>", '<p><a rel="nofollow noopener">x</a></p>\n'),
        ("<a href='java\tscript:alert(1)'>x</a>", '<p><a rel="nofollow noopener">x</a></p>\n'),
        ("<img src=x onerror=alert(1)>", ""),
        ("<iframe src='https://example.org'></iframe>", ""),
        ("![map](https://example.org/map.png)", '<p><a href="https://example.org/map.png" rel="nofollow noopener">map</a></p>\n'),
        ("a\0b", "<p>ab</p>\n"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n"),
        ("", ""),
        (None, ""),
    ],
)
def test_text_becomes_html_without_harm(text, html):
    assert render(text) == html


@given(st.text(alphabet="<>/\\\"'&;:[]()!#`*_ \n\tajvscriptonerhf=0x", max_size=80))
def test_no_text_makes_a_script_or_a_handler(text):
    html = render(text).lower()

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert not any(f"{tag} on" in html for tag in ("<a", "<p", "<img", "<svg"))


def test_headings_begin_below_the_page_and_leave_no_gap():
    html = render("# One\n\n#### Deep\n\n## Two\n\n# Three", headings_from=3)

    assert html == "<h3>One</h3>\n<h4>Deep</h4>\n<h4>Two</h4>\n<h3>Three</h3>\n"


def test_plain_text_keeps_the_words_apart():
    text = "# Title\n\nSome *words* and [a link](https://example.org).\n\n- one\n- two\n\n<p>x</p><p>y &amp; z</p>"

    assert plain(text) == "Title Some words and a link. one two x y & z"
