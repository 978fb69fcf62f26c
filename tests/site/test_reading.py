"""What the tests of the site read of a page: without this, a dead link or a foreign script would pass."""

from collections import Counter

import pytest

from tests.site.reading import is_elsewhere, read, split

PAGE = """\
<link rel="stylesheet" href="https://fonts.example.com/x.css"><script src="a.js">no text</script>
<nav><a href="index.html#top">Menu</a><li>entry</li></nav>
<article><h1 id="one">One<a class="headerlink" href="#one">¶</a></h1><p><a name="two"></a>A <b>bold</b> word</p>
<table><tr><td><code>x</code></td></tr></table><img src="../a.svg"><br></article><footer>After</footer>
"""


def test_a_page_is_read_with_its_links_what_it_loads_and_the_text_of_its_article() -> None:
    page = read(PAGE, "article")

    assert page.ids == {"one", "two"}
    assert page.links == ("index.html#top", "#one")
    assert page.loaded == ("https://fonts.example.com/x.css", "a.js", "../a.svg")
    assert page.tags == Counter(h1=1, tr=1, td=1, img=1)
    assert page.words == "OneAboldwordx"


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("https://a.example/x", True),
        ("//a.example/x", True),
        ("mailto:a@example.com", True),
        ("data:image/png;base64,", False),
        ("../a.svg", False),
        ("#b", False),
    ],
)
def test_an_address_with_a_scheme_or_a_host_is_elsewhere(address: str, elsewhere: bool) -> None:
    assert is_elsewhere(address) == elsewhere


def test_an_address_is_split_into_path_and_anchor() -> None:
    assert split("a%20b.html#caf%C3%A9") == ("a b.html", "café")
