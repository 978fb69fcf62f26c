#!/usr/bin/env bash
# Keeps one comment on the pull request: made, changed, or emptied where there is nothing to tell any more. It informs:
# where it cannot be written, the log says why, and the job goes on.
set -euo pipefail
source "$GITHUB_ACTION_PATH/.ci/github/paths.sh"

marker="<!-- archspec:comment -->"
repository="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"

give_up() {
	echo "::warning title=archspec::No comment: $1"
	exit 0
}

# A checkout often holds one commit alone. Both sides are fetched step by step, until they have a commit in common.
has_base() { git merge-base "$BASE" HEAD >/dev/null 2>&1; }
fetch() { git fetch --quiet --no-tags "$@" origin "$BASE" "$(git rev-parse HEAD)"; }
ways=("")
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then ways=(--depth=2 --deepen=50 --deepen=500 --unshallow); fi
for way in "${ways[@]}"; do
	if has_base; then break; fi
	fetch ${way:+"$way"} || true
done
# What GitHub has merged to be tested may have a newer base than the event tells.
if [ "$(git rev-parse HEAD)" = "$GITHUB_SHA" ] && git rev-parse --quiet --verify "HEAD^2" >/dev/null; then
	BASE="$(git rev-parse "HEAD^1")"
fi
has_base || give_up "the base of the pull request cannot be fetched; check out with fetch-depth: 0"

body="$RUNNER_TEMP/archspec-comment.md"
quietly "$ENVIRONMENT/bin/archspec" comment --base "$BASE" --out "$body" \
	--source "$repository/blob/{revision}/{path}#L{line}" --pictures "$repository/raw/{revision}/{path}" \
	-- ${paths[@]+"${paths[@]}"} || give_up "archspec comment failed, as it says above"

if ! type -P gh >/dev/null; then give_up "this runner has no gh; see https://cli.github.com"; fi
comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
# One of its own: anybody can write a comment that starts so. GraphQL calls an App what REST calls it with `[bot]`, or not.
mine() { gh api graphql --raw-field 'query={viewer{login}}' --jq '.data.viewer.login | rtrimstr("[bot]")'; }
found() { gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$marker\")) | \"\(.id) \(.user.login)\""; }
if ! login="$(mine)" || ! all="$(found)"; then
	give_up "the token may not read the pull request; give the job the permission pull-requests: write"
fi
known=""
while read -r id author; do
	if [ -z "$known" ] && [ "${author%"[bot]"}" = "$login" ]; then known="$id"; fi
done <<<"$all"

if [ ! -s "$body" ]; then
	if [ -z "$known" ]; then exit 0; fi
	printf '%s\narchspec: nothing of the architecture changes any more.\n' "$marker" >"$body"
fi
if [ -n "$known" ]; then
	request=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known")
else
	request=(--method POST "$comments")
fi
if ! gh api --silent "${request[@]}" --field "body=@$body"; then
	cat "$body" >>"$GITHUB_STEP_SUMMARY"
	give_up "the token may not write it, as in a pull request from a fork or without the permission \
pull-requests: write; it stands in the summary of the job"
fi
