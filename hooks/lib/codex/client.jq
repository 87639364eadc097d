# Codex: tools stand behind the name of their group, a patch is a tool's only argument or stands in a
# command, answers are texts, and an agent is named by its task.

# Tools by the words that all clients share; src/ingest/codex/codexWords.ts has the same.
def words:
  {
    "apply_patch": "Edit", "container.exec": "Bash", "exec_command": "Bash",
    "followup_task": "SendMessage", "grep_files": "Grep", "list_dir": "LS", "local_shell": "Bash",
    "read_file": "Read", "request_user_input": "AskUserQuestion", "send_input": "SendMessage",
    "send_message": "SendMessage", "shell": "Bash", "shell_command": "Bash", "spawn_agent": "Agent",
    "unified_exec": "Bash", "update_plan": "TodoWrite", "view_image": "Read",
    "web_search": "WebSearch"
  };

# What a patch does to each of its files.
def patched:
  [.tool_input | objects | .command | strings
    | select(test("^\\s*(?:cd [^\\n;&|]+&&\\s*)?(?:apply_?patch\\b|\\*\\*\\* Begin Patch)"; null))
    | split("\n")[]
    | capture("^\\*\\*\\* (?<verb>Add|Update|Delete) File: *(?<file>.*[^\\s])"; null)];

def failed(error): .hook_event_name = "PostToolUseFailure" | .error = error;

def patch($files):
  (.cwd | strings + "/") as $folder
  | .raw_tool = "apply_patch"
  | .tool_name = (if all($files[]; .verb == "Add") then "Write" else "Edit" end)
  | .tool_input = {
      file_path: ($files[0].file | if test("^([A-Za-z]:)?[/\\\\]"; null) then . else $folder + . end)
    }
  | ((.tool_response | strings | capture("^Exit code: (?<code>[1-9][0-9]{0,4})\\n"; null)) // null) as $ended
  | if $ended then failed("Exit code " + $ended.code) else . end;

def launch:
  .tool_input |= (objects | {
    subagent_type: .agent_type, model, description: .task_name, run_in_background: true
  })
  | ((.tool_response | strings | fromjson? | objects) // {}) as $told
  | if .hook_event_name != "PostToolUse" then .
    elif $told.agent_id or $told.task_name then
      .tool_response = {agentId: $told.agent_id, status: "async_launched"}
    else failed(.tool_response) end;

# An agent is told what to do in the place of a prompt, and its transcript in that of its session's.
def told:
  .client = "codex"
  | select(.agent_id == null or .hook_event_name != "UserPromptSubmit")
  | if .agent_id and .hook_event_name != "SubagentStop" then del(.transcript_path) else . end
  | (.tool_name | ltrimstr("collaboration") | ltrimstr("multi_agent_v1")) as $tool
  | .tool_name = (words[$tool | strings] // $tool)
  | .raw_tool = (if .tool_name == $tool then null else $tool end)
  | patched as $files
  | if $files != [] then patch($files) elif .tool_name == "Agent" then launch else . end;
