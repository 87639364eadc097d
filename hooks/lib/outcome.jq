# What an agent says of its own work: after the first marker line the first `shipped:` and the
# first `stubs:`, whatever the case. Anything but the four words and a number is null.
def outcome:
  strings | ascii_downcase
  | match("(?:^|\\n)[ \\t]*=== status-truth marker ===[ \\t\\r]*(\\n[\\s\\S]*)").captures[0].string
  | (match("\\n[ \\t]*shipped:([^\\n]*)").captures[0].string
      | match("^[ \\t]*(functional|partial|scaffolding|fail)[ \\t\\r]*\\z")
      | {outcome: .captures[0].string}),
    (match("\\n[ \\t]*stubs:[ \\t]*(\\d{1,6})(?![\\w.])")
      | {stubs: .captures[0].string | tonumber});
