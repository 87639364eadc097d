# What an agent says of its own work: behind the first marker whose `shipped:` is one of the four
# words, else behind the first. Case, Markdown around a word and remarks behind it do not matter.
def line_start: "(?:\\A|\\n)[^a-z0-9\\n]*(?:[0-9]{1,3}[.)][^a-z0-9\\n]*)?";
def shipped:
  "functional|partial|scaffolding|fail" as $words
  | capture(line_start + "shipped[^a-z0-9\\n]*:[^a-z0-9\\n]*(?<outcome>(?:" + $words
      + ")(?![-_]?[a-z0-9]|[^a-z0-9|/\\n]*[|/][^a-z0-9\\n]*(?:" + $words + ")))?"; null);

def outcome:
  strings | ascii_downcase | split("=== status-truth marker ===") as $parts
  | [
      range(1; $parts | length)
      | select($parts[. - 1] | test(line_start + "\\z"; null))
      | $parts[.]
      | select(test("\\A[^a-z0-9\\n]*(?:\\n|shipped)"; null))
    ]
  | first((.[] | select(shipped.outcome)), .[])
  | shipped,
    (capture("[^a-z0-9]stubs[^a-z0-9\\n]*:[^a-z0-9\\n]*(?<!-)(?<stubs>[0-9]{1,6})(?![-_.,]?[a-z0-9])"; null)
      | map_values(tonumber));
