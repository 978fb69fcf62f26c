#!/usr/bin/env bash
# Lints, and hands over what it found: to the log, the summary, a SARIF file and the outputs. Fails nothing yet.
set -euo pipefail
source "$GITHUB_ACTION_PATH/.ci/github/paths.sh"

reports="$RUNNER_TEMP/archspec-reports"
rm -rf "$reports"
mkdir -p "$reports"
lint=("$ENVIRONMENT/bin/archspec" lint --format "$FORMAT")
for report in sarif markdown json; do
	lint+=(--report "$report=$reports/findings.$report")
done
if [ -n "$FAIL_ON" ]; then lint+=(--fail-on "$FAIL_ON"); fi
lint+=(-- ${paths[@]+"${paths[@]}"})

status=0
if [ "$FORMAT" = github ]; then
	# What is told beside the annotations may quote a file, and is none of them.
	"${lint[@]}" 2>"$reports/told" || status=$?
	if [ -s "$reports/told" ]; then quietly cat "$reports/told"; fi
else
	quietly "${lint[@]}" || status=$?
fi

echo "status=$status" >>"$GITHUB_OUTPUT"
if [ -f "$reports/findings.markdown" ]; then
	cat "$reports/findings.markdown" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -f "$reports/findings.sarif" ]; then
	echo "sarif=$reports/findings.sarif" >>"$GITHUB_OUTPUT"
fi
if [ -f "$reports/findings.json" ]; then
	"$ENVIRONMENT/bin/python" -I -c '
import json, sys
counted = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
print("".join(f"{name}={counted[name]}\n" for name in ("errors", "warnings", "infos")), end="")
' "$reports/findings.json" >>"$GITHUB_OUTPUT"
fi
