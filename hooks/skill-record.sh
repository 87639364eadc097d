#!/bin/sh
# PostToolUse and PostToolUseFailure of the Skill tool, beside its tool_result.
exec 2>/dev/null
trap 'exit 0' EXIT
case $0 in
*/*) lib=${0%/*}/lib ;;
*) lib=lib ;;
esac
[ "${SKILL_RECORD_BYPASS:-}" != 1 ] || exit 0
# shellcheck source=hooks/lib/common.sh
. "$lib/common.sh" && write_events "$lib/skill-use.jq" "$@"
exit 0
