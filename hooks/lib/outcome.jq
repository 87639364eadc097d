# What an agent says of its own work: after the first marker line the first `shipped:` and the
# first `stubs:`, whatever the case. Anything but the four words and a number is null.
def outcome:
  strings | ascii_downcase
  | match("(?:^|\\n)[ \\t]*=== status-truth marker ===[ \\t\\r]*(\\n[\\s\\S]*)"; null)
  | .captures[0].string
  | (match("\\n[ \\t]*shipped:([^\\n]*)"; null).captures[0].string
      | capture("^[ \\t]*(?<outcome>functional|partial|scaffolding|fail)[ \\t\\r]*\\z"; null)),
    (capture("\\n[ \\t]*stubs:[ \\t]*(?<stubs>[0-9]{1,6})(?![\\w.])"; null)
      | map_values(tonumber));
