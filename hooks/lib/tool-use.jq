include "common";
include "failure";

# First word of a shell command, its base name only. Assignments before it are arguments and may
# hold secrets: they are skipped, and what is not plainly a program name gives nothing. Possessive
# groups, so that half an assignment can not be taken for a word.
def program:
  match("^\\s*
    (?: [A-Za-z_]\\w*\\+?= (?: [^\\s\"'\\\\`$;|&<>()] | \\$(?![({'\"]) | \\\\.
      | '[^']*' | \"(?: [^\"\\\\`$] | \\$(?![({]) | \\\\. )*+\" )*+ \\s+ )*+
    (?!\\#) (?: [^\\s\"'\\\\`$;|&<>()=]*/ )?
    ([A-Za-z0-9_.+-]{1,64}) (?= [\\s;|&<>()] | \\z )"; "x").captures[0].string;

# Lines added and removed, of a tool that answers with a patch. That of a new file is empty.
def changes:
  select(.structuredPatch)
  | [.structuredPatch[].lines[][:1],
      (select(.type == "create").content | rtrimstr("\n") | split("\n")[] | "+")]
  | {lines_added: (.[["+"]] | length), lines_removed: (.[["-"]] | length)};

# Of each hook its event and whether the call succeeded.
{
  PreToolUse: ["tool_use"],
  PostToolUse: ["tool_result", true],
  PostToolUseFailure: ["tool_result", false]
}[.hook_event_name] as [$event, $success]
| [
    event($event),
    {tool: .tool_name, success: $success, duration_ms, interrupted: .is_interrupt},
    (.tool_input | objects | .notebook_path, .file_path | strings | {file_path: .}),
    (select(.tool_name == "Bash").tool_input.command? | strings | {program: program}),
    (select(.tool_name == "Skill").tool_input | objects | {skill}),
    (.tool_name | split("__") | select(.[0] == "mcp") | {mcp_server: .[1]}),
    (.tool_response | objects | {interrupted}, changes?),
    failure
  ]
| line(.)
