# At the end of a turn: the numbers in the last message that say where they come from.
include "common";

# The words before a bracket: the end of their sentence, without list marks, commas and the like
# at its start. Of a long one the last 60 characters, for the number stands there.
def phrase:
  .[-256:]
  | capture("(?<value>(?![,;:.!?)|>#]|[-*+]\\s)\\S(?:(?![.!?]\\s+\\S).){0,59}?)\\s*\\z"; null);

# A line's claims: each bracket with the words between the one before, or the line's start, and it.
# A pointer may hold brackets of its own, one deep. jq's time for a match grows with its place in
# the line, so a line has a bound.
def claims:
  split("\n")[][:16384]
  | . as $line
  | foreach match(
      "\\[(REAL|FROM-JOURNAL|ESTIMATE-HTC):\\s*+((?>(?:[^\\[\\]]+|\\[[^\\[\\]]*\\])+))\\]"; "g"
    ) as $found (
      {end: 0};
      {start: .end, end: ($found.offset + $found.length)};
      ($line[.start:$found.offset] | phrase)
        + ($found.captures | {tier: .[0].string, pointer: .[1].string})
    );

payload
| [event({Stop: {event: "numeric_claim"}}; {})] as $common
| .last_assistant_message | strings | claims
| [$common[], .]
| line(.)
