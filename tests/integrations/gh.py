"""A stand-in for `gh api`, as far as the Action goes: comments in a JSON file, and a log of what was asked.

It is no GitHub: which requests GitHub takes, its documentation says.
https://docs.github.com/en/rest/issues/comments
"""

import json
import os
import subprocess
import sys
from pathlib import Path

OURS = "github-actions[bot]"


def main(arguments: list[str]) -> int:
    """Answer one call; refuse whatever the Action does not ask."""
    folder = Path(os.environ["GH_FOLDER"])
    with (folder / "log").open("a", encoding="utf-8") as log:
        log.write(" ".join(one for one in arguments if not one.startswith("body=@")) + "\n")
    if not os.environ.get("GH_TOKEN"):
        return refuse("gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable")
    comments = folder / "comments.json"
    known = json.loads(comments.read_text(encoding="utf-8")) if comments.is_file() else []
    match arguments:
        case ["api", "--paginate", "repos/o/r/issues/7/comments", "--jq", query]:
            return jq(query, known)
        case ["api", "graphql", "--raw-field", "query={viewer{login}}", "--jq", query]:
            return jq(query, {"data": {"viewer": {"login": OURS}}})
        case ["api", "--silent", "--method", "POST", "repos/o/r/issues/7/comments", "--field", body]:
            known.append({"id": 100 + len(known), "body": text(body), "user": {"login": OURS}})
        case ["api", "--silent", "--method", "PATCH", path, "--field", body] if path.startswith(
            "repos/o/r/issues/comments/"
        ):
            (one,) = (one for one in known if str(one["id"]) == path.rpartition("/")[2])
            one["body"] = text(body)
        case _:
            return refuse(f"unknown: {arguments}")
    if os.environ["GH_TOKEN"] == "read-only":  # noqa: S105  no secret
        return refuse("gh: Resource not accessible by integration (HTTP 403)")
    comments.write_text(json.dumps(known), encoding="utf-8")
    return 0


def jq(query: str, content: object) -> int:
    """Answer as `gh` does, which brings a jq of its own: https://cli.github.com/manual/gh_api."""
    command = ["jq", "--raw-output", query]
    return subprocess.run(command, input=json.dumps(content), text=True, check=False).returncode


def text(field: str) -> str:
    """Read the file that a field names, as `--field` does."""
    return Path(field.removeprefix("body=@")).read_text(encoding="utf-8")


def refuse(message: str) -> int:
    """Say why not."""
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
