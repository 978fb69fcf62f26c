"""The HTML around a page that is one file: it loads nothing, and runs and shows nothing but what is trusted by hash."""

from base64 import b64encode
from hashlib import sha256
from html import escape

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{more}<meta name="generator" content="archspec">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""


def shell(title: str, style: str, body: str, script: str = "", more: str = "") -> str:
    """Return the page. `style`, and `script` where `body` has one, are all that a browser obeys in it.

    A page with a script may bring fonts, too. `more` is HTML of ours for the head. The policy is a
    Content-Security-Policy, https://www.w3.org/TR/CSP3/.
    """
    fonts, scripts = (" font-src data:;", f" script-src {_hash(script)};") if script else ("", "")
    policy = (
        f"default-src 'none'; img-src data:;{fonts} style-src {_hash(style)};{scripts} "
        "base-uri 'none'; form-action 'none'"
    )
    head = _HEAD.format(policy=policy, title=escape(title), style=style, more=more)
    return f"{head}{body}</body>\n</html>\n"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
