#!/bin/sh
# PreToolUse of the agent tool: an agent is about to be launched.
exec 2>/dev/null
trap 'exit 0' EXIT
case $0 in
*/*) lib=${0%/*}/lib ;;
*) lib=lib ;;
esac
# shellcheck source=hooks/lib/common.sh
. "$lib/common.sh" && write_events "$lib/agent-spawn.jq" "$@"
exit 0
