# Qwen Code: its hooks number calls for themselves, an agent's id begins with its type and ends with
# the call that launched it, and an empty prompt follows each answer of a tool.

# Tools by the words that all clients share; src/ingest/kit/geminiWords.ts has the same.
def words:
  {
    "agent": "Agent", "ask_user_question": "AskUserQuestion", "edit": "Edit",
    "exit_plan_mode": "ExitPlanMode", "glob": "Glob", "grep_search": "Grep",
    "list_directory": "LS", "read_file": "Read", "read_many_files": "Read", "replace": "Edit",
    "run_shell_command": "Bash", "search_file_content": "Grep", "send_message": "SendMessage",
    "skill": "Skill", "task": "Agent", "todo_write": "TodoWrite", "web_fetch": "WebFetch",
    "web_search": "WebSearch", "write_file": "Write"
  };

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
  | .tool_name as $tool
  | .tool_name = (words[$tool | strings] // $tool)
  | .raw_tool = (if .tool_name == $tool then null else $tool end)
  | if .tool_name == "Agent" then (launch // .) else . end;
