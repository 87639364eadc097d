# How a failed call ended, in one short word. The name of the group that matched is the word, an
# exit code's number is added to it. The text is matched as JSON, because releases of jq disagree
# on what a match of no characters captures.
def error_class:
  tojson
  | match("^(?:
      (?= .(?:exit\\ code\\ \\d+\\\\n)?command\\ timed\\ out
        | (?!.exit\\ code).{0,400}timed\\ out ) (?<timeout>.)
      | .exit\\ code\\ (?<exit>\\d{1,5})
      | (?= .{0,400}(?:permission|denied|not\\ allowed|EACCES|EPERM) ) (?<denied>.)
      | (?= .{0,400}(?:not\\ found|not\\ exist|no\\ such|ENOENT) ) (?<not_found>.)
      | (?= .{0,400}(?:tool_use_error|InputValidationError) ) (?<tool_use_error>.)
      | (?<unknown>.) )"; "xi").captures[]
  | select(.string)
  | if .name == "exit" then "exit_" + .string else .name end;

def failure:
  (.error | strings | {error_class: error_class}),
  (select(.is_interrupt == true) | {error_class: "interrupted"});
