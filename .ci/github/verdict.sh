#!/usr/bin/env bash
# Fails the job for what the steps before have found, after all of them could say so.
set -euo pipefail

if [ "${LINT:-3}" != 0 ]; then
	echo "archspec lint exited with ${LINT:-3}"
	exit "${LINT:-3}"
fi
if [ "${DOCS:-0}" != 0 ]; then
	echo "the check of documents exited with $DOCS"
	exit "$DOCS"
fi
