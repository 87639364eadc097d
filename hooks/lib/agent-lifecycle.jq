# Sessions, turns, starts and stops of agents, waits and notices.
include "common";
include "outcome";

# Of each hook its event and the fields of the payload that go over as they are.
def known:
  {
    SessionStart: ["session_start", "source", "model"],
    SessionEnd: ["session_end", "reason"],
    UserPromptSubmit: ["prompt"],
    SubagentStart: ["agent_start", "agent_type"],
    SubagentStop: ["agent_stop", "agent_type"],
    PermissionRequest: ["permission_wait"],
    Notification: ["notification", "notification_type"],
    PreCompact: ["compact", "trigger"],
    Stop: ["turn_end"]
  };

# The client reports the end of background work in the place of a prompt. Shells and monitors are
# reported in the same way but without an agent's usage: they are no event.
def notice:
  select(test("^\\s*<task-notification>"))
  | {event: null},
    (select(test("<subagent_tokens>|<summary>Agent |^(?![\\s\\S]*<summary>)"))
      | {event: "agent_result"},
        capture("<task-id>(?<child_id>[\\w.:-]{1,256})<"),
        capture("<tool-use-id>(?<id>[\\w.:-]{1,256})<"),
        capture("<status>(?<status>\\w{1,64})<"),
        (split("<usage>")[-1]
          | capture("<subagent_tokens>(?<tokens>\\d{1,15})<"),
            capture("<tool_uses>(?<tool_use_count>\\d{1,15})<"),
            capture("<duration_ms>(?<duration_ms>\\d{1,15})<")
          | map_values(tonumber)));

. as $payload
| known[.hook_event_name] | arrays
| .[0] as $event
| [
    ($payload | event($event)),
    (.[1:][] | {(.): $payload[.]}),
    ($payload | {tool: .tool_name}),
    ($payload | select($event == "turn_end") | {running: .background_tasks | length}),
    ($payload | select($event == "agent_stop").last_assistant_message | outcome),
    ($payload.prompt | strings | notice)
  ]
| line(select(.event) | if .event == "agent_stop" then . + {outcome, stubs} else . end)
