# What every event shares. jq's start is most of a hook's cost and grows with every instruction
# compiled, so one generic pass over an event replaces a check per field.

def timestamp: now | strftime("%Y-%m-%dT%H:%M:%S.") + (. * 1000 | floor | tostring[-3:]) + "Z";

# Common fields of an event; the input is the hook's payload.
def event($name):
  {
    v: 2, ts: timestamp, event: $name,
    session_id, agent_id, cwd, transcript_path, id: .tool_use_id
  };

# One event, given as a list of its parts, as one line of at most 4,096 bytes, to be written by one
# write(2). Texts are cut to ever fewer characters until it fits. What is no text, number or boolean
# is dropped before `more` adds what may be null or nested: an argument of an unexpected shape must
# not reach the log.
def line(more):
  add
  | first(
      (1024, 256, 64, 16) as $limit
      | map_values(select(. > null and . < []) | if type == "string" then .[:$limit] else . end)
      | more | tojson + "\n"
      | select(utf8bytelength <= 4096)
    );
