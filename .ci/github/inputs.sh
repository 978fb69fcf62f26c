#!/usr/bin/env bash
# Refuses inputs that mean nothing, and names the environment to install into, with the key that it is cached by.
set -euo pipefail

refuse() {
	echo "::error title=archspec::$1"
	exit 2
}

case "$CHECK_DOCS" in false | docs | all) ;; *) refuse "check-docs is false, docs or all" ;; esac
case "$COMMENT" in true | false) ;; *) refuse "comment is true or false" ;; esac
case "$SARIF" in true | false) ;; *) refuse "sarif is true or false" ;; esac

environment="$RUNNER_TEMP/archspec"
# An environment holds its own path and that of its Python; what is in it, the lock says, or the version. `-I`, here as
# elsewhere: Python would import what a pull request has put into the working folder, such as a `json.py`.
contents="$("$PYTHON" -I -c '
import hashlib, pathlib, sys
lock = pathlib.Path(sys.argv[1]).read_bytes()
print(hashlib.sha256(repr((sys.version, sys.executable, sys.argv[2:])).encode() + lock).hexdigest())
' "$GITHUB_ACTION_PATH/.ci/lock/runtime.txt" "$environment" "$VERSION")"
{
	echo "environment=$environment"
	echo "key=archspec-$RUNNER_OS-$RUNNER_ARCH-$contents"
} >>"$GITHUB_OUTPUT"
