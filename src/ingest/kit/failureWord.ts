import type { CallKind } from "../../model/events/events.ts";

/** How many characters of an answer are looked at for what kind of error it tells of. */
const HEAD = 1000;

/**
 * Words for what a message says, in the order in which they are tried; hooks tell failures in the
 * same ones (hooks/lib/failure.jq), and docs/events.md says what each means.
 */
const KINDS: readonly (readonly [string, RegExp])[] = [
	[
		"interrupted",
		/^(?:<tool_use_error>)?(?:Error: )?(?:\[(?:Request|Tool call) interrupted|Sibling tool call errored|Cancelled: parallel|AbortError|aborted$|\[?Tool result missing)/is,
	],
	[
		"interrupted",
		/aborted before completion|request was aborted|operation was aborted|aborted by (?:the )?user|interrupted by (?:the )?user|stream closed|(?:call|execution|operation|request|tool) (?:was |has been )?cancell?ed|(?:user|you) cancell?ed/is,
	],
	[
		"hook_blocked",
		/^(?:<tool_use_error>)?(?:Error: )?(?:\w+:\S+ hook|hook \w+:|[^\n]{0,80}\bby (?:\w+ )?hook)/is,
	],
	[
		"denied",
		/^(?:<tool_use_error>)?(?:Error: )?(?:permission to (?:use|read|edit|write|access|fetch)\b.{0,300}has been (?:auto-)?denied|permission for this action|claude requested permission|blocked: |user (?:declined|rejected|denied)|.{0,300}(?:for security, claude|(?:command|parts?|operations?|operators|tool) (?:that )?requires? approval|stay in plan mode|by your permission settings|rejected by the user))/is,
	],
	["not_read", /has not been read yet/is],
	[
		"changed_since_read",
		/(?:modified|changed) since (?:it was )?(?:last )?read|unexpectedly modified/is,
	],
	[
		"text_mismatch",
		/string to replace|string not found in file|no changes to make|old_string and new_string/is,
	],
	[
		"too_large",
		/exceeds? (?:the )?maximum|too (?:large|big)|(?:prompt|input) is too long|maxContentLength|token maximum|context[ _](?:length|limit|window)/is,
	],
	["is_directory", /EISDIR|is a directory/is],
	["timeout", /timed[ -]?out|timeout of \d|timeout \d+m?s? exceeded|ETIMEDOUT|deadline exceeded/is],
	[
		"rate_limit",
		/rate[ _-]?limit|too many requests|(?:status code|HTTP(?: error)?) 429|API Error:? \(?(?:429|529)|overloaded_error|quota exceeded|(?:insufficient|current)[ _]quota|resource_exhausted|(?:hit|reached) your limit|(?:usage|session|daily|weekly|monthly|hour) limit|credit balance|max_uses_exceeded/is,
	],
	[
		"network",
		/\bE(?:CONN(?:REFUSED|RESET|ABORTED)|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|PROTO)|getaddrinfo|could(?: not|n't) resolve|unable to resolve host|failure in name resolution|no route to host|handshake fail|connection (?:was )?(?:refused|reset|closed|error)|failed to connect|fetch failed|failed to fetch|closed connection|altnames|socket hang up|unable to (?:fetch|connect|verify if domain)|network (?:error|is unreachable)|net::ERR_|name or service not known|remote name could not|certificate[ _](?:verify|has expired|is not)|(?:first|issuer) certificate|self[- ]signed|(?:not |dis)connected/is,
	],
	[
		"http_error",
		/status code \d{3}|API Error:? \(?\d{3}|\bHTTP (?:error )?[45]\d\d\b|^[45]\d\d \{|\b(?:Unauthorized|Forbidden)\b|invalid API key|authentication[ _](?:required|failed|error)|run .login|session (?:has )?expired|\b[45]\d\d (?:Bad|Unauthorized|Forbidden|Not Found|Method Not|Internal|Service Unavailable|Gateway)\b/is,
	],
	[
		"compile_error",
		/error (?:TS|CS|C|LNK|MSB)\d{3,5}\b|error\[E\d+\]|could not compile|\.\w{1,5}[:(]\d+(?:[:,]\d+)?\)?: (?:fatal )?error\b|undefined reference|(?:syntax|indentation)error|compilation (?:error|failed)|failed to compile|build failed|cannot find symbol|module not found: /is,
	],
	[
		"permission_denied",
		/EACCES|EPERM|EROFS|permission denied|access denied|access (?:is|to .{0,200} is) denied|not permitted|not allowed|outside (?:of )?(?:the )?allowed|read-only file system|UnauthorizedAccess/is,
	],
	[
		"not_found",
		/ENOENT|not found|not exist|no such|\bno \w+ found|no \w+ server available|no module named|cannot find|unable to find|not recognized as|not available|no longer exists|unknown (?:skill|tool|agent|command|subcommand)|not (?:in )?a git repository/is,
	],
	[
		"tool_use_error",
		/tool_use_error|InputValidationError|MCP error -3260[0-3]|invalid (?:url|json|regular expression|parameters?|arguments?)|not valid JSON|missing required|required parameter|parse error|cannot read binary|could not process image|image file is empty|not in plan mode|unrecognized (?:flag|option|argument)|validation failed|invalid_type|is not running/is,
	],
	[
		"system_error",
		/\bE(?:NOSPC|MFILE|BUSY|EXIST|NOTDIR|NOTEMPTY|NAMETOOLONG|IO|LOOP|INVAL|2BIG|NOMEM|PIPE)\b|no space left|already exists|already checked out|out of memory/is,
	],
];

/** Of a call that failed without a word of these, what is known by the kind of its tool. */
const BY_KIND: Readonly<Partial<Record<CallKind, string>>> = {
	shell: "command_failed",
	mcp: "mcp_error",
};

/**
 * Class of a failed call by what was answered, a short stable word as in docs/events.md.
 *
 * @param output begins with the message
 */
export function failureWord(output: string, kind: CallKind): string {
	const text = output.slice(0, HEAD);
	const start = /^\s*(?:Error: )?(?:exit code (\d{1,5})\s*)?(command timed out)?/i.exec(text);
	if (start?.[2] !== undefined) return "timeout";
	if (start?.[1] !== undefined) return `exit_${start[1]}`;
	return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? BY_KIND[kind] ?? "unknown";
}
