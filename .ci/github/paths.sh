# Read by the others: `paths` holds the lines of PATHS that are not empty; `quietly` runs a command whose output the
# runner only shows, and does not obey: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
paths=()
while IFS= read -r path; do
	path="${path%$'\r'}"
	if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"$PATHS"

quietly() {
	local token status=0
	token="archspec-$RANDOM$RANDOM$RANDOM"
	echo "::stop-commands::$token"
	"$@" || status=$?
	echo "::$token::"
	return "$status"
}
