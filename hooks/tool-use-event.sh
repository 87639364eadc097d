#!/bin/sh
# PreToolUse, PostToolUse and PostToolUseFailure of every tool but the agent tool.
exec 2>/dev/null
trap 'exit 0' EXIT
case $0 in
*/*) lib=${0%/*}/lib ;;
*) lib=lib ;;
esac
# shellcheck source=hooks/lib/common.sh
. "$lib/common.sh" && write_events "$lib/tool-use.jq" "$@"
exit 0
