# shellcheck shell=sh
# Sourced by every hook: where the log is and how a line gets there.

# Sets $log, or fails when there is no place for one.
find_log() {
	log=${KEI_EVENTS_FILE:-}
	# As in the editor, a leading ~ is the home folder; no shell has read it in a settings file.
	case $log in
	\~/*) log=${HOME:-}/${log#??} ;;
	esac
	[ -n "$log" ] && return 0
	config=${CLAUDE_CONFIG_DIR:-}
	[ -n "$config" ] || config=${HOME:+$HOME/.claude}
	log=$config/memory/agent-events.jsonl
	[ -n "$config" ]
}

# Makes the log's folder. Only a plain file may be the log: opening a pipe would block the client.
make_room() {
	case $log in
	*/*) [ -d "${log%/*}/" ] || mkdir -p -- "${log%/*}" || return 1 ;;
	esac
	[ -f "$log" ] || [ ! -e "$log" ]
}

# Says once a day that jq is missing. The folder beside the log is a lock that mkdir takes for the
# first hook of the day only; those of other days are removed.
report_missing_jq() {
	now=$(date -u +%Y-%m-%dT%H:%M:%S.%3N)
	case $now in
	*[!0-9T:.-]*) now=${now%.*} ;;
	esac
	today=$log.no-jq-${now%%T*}
	mkdir -- "$today" || return 0
	for marker in "$log".no-jq-*; do
		[ "$marker" = "$today" ] || rmdir -- "$marker"
	done
	printf '{"v":2,"ts":"%sZ","event":"hook_error","reason":"jq missing"}\n' "$now" >>"$log"
}

# Fails where the log ends otherwise than a line does, as a disk that was full or power that went
# leave it. Where there is no tail nothing is known.
ends_whole() {
	[ -s "$log" ] || return 0
	last=$(tail -c 2 -- "$log") || return 0
	[ "$last" = "}" ]
}

# Appends what the jq program in file $1 makes of the payload of client $2 on stdin, always at the start
# of a line.
# Unbuffered, jq writes each line with one write(2); a private HOME keeps a user's ~/.jq out of it.
write_events() {
	[ "${KEI_EVENTS_BYPASS:-}" != 1 ] && find_log && umask 077 && make_room || return 0
	[ ! -f "${HOME:-}/.jq" ] || HOME=/dev/null
	ends_whole || echo >>"$log"
	jq -Rsj --unbuffered -L "${1%/*}/${2:-claude-code}" -L "${1%/*}" -f "$1" >>"$log"
	[ $? -ne 127 ] || report_missing_jq
}
