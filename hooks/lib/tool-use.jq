include "common";
include "failure";
include "skill";

# First word of a shell command, its base name only. Assignments before it are arguments and may
# hold secrets: they are skipped, and what is not plainly a program name gives nothing. Possessive
# groups, so that half an assignment can not be taken for a word. Only what every shell takes for a
# blank parts two words; a value that holds any other is not read at all.
def program:
  capture("^[ \\t\\n]*
    (?: [A-Za-z_][A-Za-z0-9_]*\\+?= (?: [^\\s\"'\\\\`$;|&<>()] | \\$(?![({\\['\"]) | \\\\.
      | '[^']*' | \"(?: [^\"\\\\`$] | \\$(?![({\\[]) | \\\\. )*+\" )*+ [ \\t\\n]+ )*+
    (?!\\#) (?: [^\\s\"'\\\\`$;|&<>()=]*/ )?
    (?<program>[A-Za-z0-9_.+-]{1,64}) (?= [ \\t\\n;|&<>()] | \\z )"; "x");

# Lines added and removed, of a tool that answers with a patch. That of a new file is empty.
def changes:
  [.structuredPatch[].lines[][:1],
    (select(.type == "create").content | rtrimstr("\n") | split("\n")[] | "+")]
  | {lines_added: (.[["+"]] | length), lines_removed: (.[["-"]] | length)};

payload
| select(launches_agent | not)
| [
    event(
      {
        PreToolUse: {event: "tool_use"},
        PostToolUse: {event: "tool_result", success: true},
        PostToolUseFailure: {event: "tool_result", success: false}
      };
      {
        tool: "tool_name", raw_tool: "raw_tool", duration_ms: "duration_ms",
        interrupted: "is_interrupt"
      }
    ),
    (.tool_input | objects | .notebook_path, .file_path | strings | {file_path: .}),
    (select(.tool_name | test("^(Bash|PowerShell)$"; null)).tool_input.command? | strings | program),
    skill,
    (.tool_name | capture("^mcp__(?<mcp_server>.+?)__"; null)),
    (.tool_response | objects | {interrupted}, changes?),
    failure
  ]
| line(.)
