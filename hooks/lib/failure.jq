# How a failed call ended, in one short word: the name of the group that matched, with the number
# of an exit code. The order of the groups decides.
def failure:
  select(.error)
  | [.is_interrupt, .error] | tojson
  | match("^\\[ (?: true (?<interrupted>) | \\w+,\" (?:
      (?= (?:exit\\ code\\ \\d+\\\\n)?command\\ timed\\ out ) (?<timeout>)
      | exit\\ code\\ (?<exit_>\\d{1,5})
      | (?= .{0,400}timed\\ out ) (?<timeout>)
      | (?= .{0,400}(?:permission|denied|not\\ allowed|EACCES|EPERM) ) (?<denied>)
      | (?= .{0,400}(?:not\\ found|not\\ exist|no\\ such|ENOENT) ) (?<not_found>)
      | (?= .{0,400}(?:tool_use_error|InputValidationError) ) (?<tool_use_error>)
      | (?<unknown>) ) )"; "xi").captures[]
  | select(.string) | {error_class: (.name + .string)};
