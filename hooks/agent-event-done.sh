#!/bin/sh
# PostToolUse and PostToolUseFailure of the agent tool: which agent came of it, and its end.
exec 2>/dev/null
trap 'exit 0' EXIT
case $0 in
*/*) lib=${0%/*}/lib ;;
*) lib=lib ;;
esac
# shellcheck source=hooks/lib/common.sh
. "$lib/common.sh" && write_events "$lib/agent-done.jq" "$@"
exit 0
