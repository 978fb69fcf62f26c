#!/usr/bin/env bash
# Compares what is committed with what would be written now. Fails nothing yet.
set -euo pipefail
source "$GITHUB_ACTION_PATH/.ci/github/paths.sh"

check=("$ENVIRONMENT/bin/archspec" docs --check)
if [ "$CHECK_DOCS" = all ]; then check=("$ENVIRONMENT/bin/archspec" build --check); fi

status=0
quietly "${check[@]}" -- ${paths[@]+"${paths[@]}"} || status=$?
echo "status=$status" >>"$GITHUB_OUTPUT"
if [ "$status" = 1 ]; then
	echo "::error title=archspec::What is committed is stale; the log of this step says how, and which command mends it"
fi
