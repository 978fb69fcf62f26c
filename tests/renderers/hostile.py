"""Texts that no one wished for, and views made of them."""

from archspec.findings import Severity
from archspec.views.view import Badge, Edge, Group, Node, View

HOSTILE = [
    "<script>alert(1)</script>",
    "]]> <!-- --> &amp; &#0;",
    "${jndi:ldap://x} {0} {x} {{",
    'a"] --> z["b',
    "a|b; click n0 href",
    "`code` **bold** \\",
    "%%{init: {}}%% end",
    "line\nbreak\r\n\ttab",
    "nul\0bell\a esc\x1b[31m",
    "\u202eevil\u2066\u200b",
    "lone \ud800 surrogate \ufffe",
    "1. list",
    "- list",
    "end",
    "数据库 قاعدة",
    "x" * 400,
    "",
    " ",
]


def hostile(text: str, layout: str = "placement") -> View:
    """Return a view that says one text wherever it says anything, with every mark that things may have."""
    found = (Badge(Severity.ERROR, 2), Badge(Severity.INFO, 120))
    groups = (
        Group("g", text, "vpc", "", text, badges=found),
        Group("z", text, "az", "g", change="changed"),
        Group("s", text, text, "z", text, status="planned"),
    )
    nodes = (
        Node("a", text, text, text, "s", (text, text), badges=found),
        Node("b", text, text, "service", "g", (text,), row=0, status="planned", change="removed"),
        Node("c", text, text, "internet", change="added"),
    )
    edges = (
        Edge("c", "a", text, severity=Severity.WARNING),
        Edge("a", "b", text, "planned", both=True, change="added"),
    )
    return View("v", text, text, "flow" if layout == "flow" else "placement", groups, nodes, edges, (text,))
