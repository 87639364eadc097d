# What every event shares. jq's start is most of a hook's cost, and it grows with what is written
# here, not with what jq defines itself or with constants: hence tables, and few words.

def timestamp: now | strftime("%Y-%m-%dT%H:%M:%S.") + (. * 1000 | tostring[10:13]) + "Z";

# The payload, from stdin as raw text. Half a surrogate pair, as in an output that was cut in the
# middle of an emoji, is no JSON to jq; such an escape is turned into plain text.
def payload: fromjson? // ([split("\\ud")[] | "\\/ud", .] | add | .[4:] | fromjson);

# The agent tool; older clients call it Task.
def launches_agent: .tool_name | test("^(Agent|Task)$"; null);

# An object of the given names, each with the value that stands under its second name here.
def pick($names): . as $from | $names | map_values($from[.]);

# Parts of an event: what all have, what its hook makes it, and more fields of the payload.
def event($hooks; $names):
  {v: 2, ts: timestamp},
  $hooks[.hook_event_name],
  pick({
    session_id: "session_id", agent_id: "agent_id", cwd: "cwd",
    transcript_path: "transcript_path", id: "tool_use_id"
  } + $names);

# One event, given as a list of its parts, as one line of at most 4,096 bytes, to be written by one
# write(2). Texts are cut to ever fewer characters until it fits. What is no text, number or boolean
# is dropped before `more` adds what may be null or nested: an argument of an unexpected shape must
# not reach the log.
def line(more):
  add
  | first(
      (1024, 256, 64, 16) as $limit
      | map_values(strings[:$limit], numbers, booleans)
      | select(.event and .session_id) | more | tojson + "\n"
      | select(utf8bytelength <= 4096)
    );
