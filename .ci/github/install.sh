#!/usr/bin/env bash
# Installs what the lock names, and archspec as it stands beside this file; or a version from the package index.
set -euo pipefail

if [ ! -x "$ENVIRONMENT/bin/python" ]; then
	"$PYTHON" -I -m venv "$ENVIRONMENT"
fi
install=("$ENVIRONMENT/bin/python" -I -m pip --quiet --disable-pip-version-check install)
if [ -n "$VERSION" ]; then
	"${install[@]}" "archspec-toolkit==$VERSION"
else
	"${install[@]}" --require-hashes --only-binary :all: --requirement "$GITHUB_ACTION_PATH/.ci/lock/runtime.txt"
	"${install[@]}" --force-reinstall --no-deps "$GITHUB_ACTION_PATH"
fi
"$ENVIRONMENT/bin/archspec" --version
