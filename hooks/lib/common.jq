# What every event shares. jq's start is most of a hook's cost, and it grows with what is written
# here, not with what jq defines itself or with constants: hence tables, and few words.
include "client";

def timestamp: now | strftime("%Y-%m-%dT%H:%M:%S.") + (. * 1000 | tostring[10:13]) + "Z";

# The payload, from stdin as raw text. Half a surrogate pair, as in an output that was cut in the
# middle of an emoji, is no JSON to jq; such an escape is turned into plain text.
def payload: fromjson? // ([split("\\ud")[] | "\\/ud", .] | add | .[4:] | fromjson) | told;

# The agent tool; older versions of Claude Code call it Task.
def launches_agent: .tool_name | test("^(Agent|Task)$"; null);

# An object of the given names, each with the value that stands under its second name here.
def pick($names): . as $from | $names | map_values($from[.]);

# Parts of an event: what all have, what its hook makes it, and more fields of the payload.
def event($hooks; $names):
  {v: 2, ts: timestamp},
  $hooks[.hook_event_name],
  pick({
    client: "client", session_id: "session_id", agent_id: "agent_id", cwd: "cwd",
    transcript_path: "transcript_path", id: "tool_use_id"
  } + $names);

# What each field of an event is: a word without blanks, one of the client's own terms, a name of
# one line, any text, a count, a flag, or counts by name.
def kinds:
  {
    v: "count", ts: "word", event: "term", client: "term", session_id: "word", agent_id: "word", cwd: "text",
    transcript_path: "text", id: "word", parent_id: "word", child_id: "word", source: "term",
    reason: "term", trigger: "term", notification_type: "term", status: "term", model: "name",
    agent_type: "name", subagent_type: "name", description: "text", prompt_preview: "text",
    branch: "term", background: "flag", outcome: "term", stubs: "count", duration_ms: "count",
    tool_use_count: "count", tokens: "count", tool_stats: "counts", tool: "word", raw_tool: "word", program: "word",
    file_path: "text", skill: "word", mcp_server: "word", success: "flag", interrupted: "flag",
    error_class: "term", lines_added: "count", lines_removed: "count", running: "count",
    tier: "term", value: "text", pointer: "text"
  };

# How each kind looks as JSON, where a control character, a quote and a backslash have a backslash
# before them.
def shapes:
  {
    word: "^\"[^\\s\"\\\\]*\"$", term: "^\"[A-Za-z_-]{1,64}[0-9]{0,5}\"$", name: "^\"[^\"\\\\]*\"$",
    text: "^\"", count: "^[0-9]{1,15}(?:\\.[0-9]+)?$", flag: "^(?:true|false)$",
    counts: "^\\{(?:\"[a-zA-Z]+\":[0-9]{1,15},?)*\\}$"
  };

# One event, given as a list of its parts, as one line of at most 4,096 bytes, to be written by one
# write(2). Texts are cut to ever fewer characters until it fits; `more` adds what may be null or
# nested. Whatever is not what its field is for does not reach the log.
def line(more):
  add
  | first(
      (1024, 256, 64, 16) as $limit
      | map_values(strings[:$limit], numbers, booleans)
      | more
      | delpaths([
          keys_unsorted[] as $key
          | shapes[kinds[$key]] as $shape
          | select(.[$key] | . != null and (tojson | test($shape; null) | not))
          | [$key]
        ])
      | select(.event and .session_id) | tojson + "\n"
      | select(utf8bytelength <= 4096)
    );
