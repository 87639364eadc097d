#!/bin/sh
# Sessions, turns, starts and stops of agents, waits for permission, notifications, compactions.
exec 2>/dev/null
trap 'exit 0' EXIT
case $0 in
*/*) lib=${0%/*}/lib ;;
*) lib=lib ;;
esac
# shellcheck source=hooks/lib/common.sh
. "$lib/common.sh" && write_events "$lib/agent-lifecycle.jq" "$@"
exit 0
