# Qwen Code: its hooks number calls for themselves, an agent's id begins with its type and ends with
# the call that launched it, and an empty prompt follows each answer of a tool.
def launches_agent: .tool_name == "agent";

def runs_shell: .tool_name == "run_shell_command";

def exit_code:
  strings | capture("(?:^|\\n)Exit Code: (?<code>[0-9]{1,5})(?:\\n|$)"; null) | "Exit code " + .code;

def launch:
  (.tool_call_id | strings) as $call
  | (.tool_response | objects | .returnDisplay | objects | select(.subagentName | strings)) as $shown
  | .tool_response = {
      agentId: ($shown.subagentName + "-" + $call),
      status: (if $shown.status == "background" then "async_launched" else null end)
    };

def told:
  .client = "qwen-code"
  | select(.hook_event_name != "UserPromptSubmit" or .prompt != "")
  | .tool_use_id = (.tool_call_id // .tool_use_id)
  | .background_tasks |= [.[]? | objects | select(.status == "running")]
  | .error |= (exit_code // .)
  | if launches_agent then (launch // .) else . end;
