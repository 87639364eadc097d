# Sessions, turns, starts and stops of agents, waits and notices.
include "common";
include "outcome";

# Of each hook the fields that go over as they are.
def fields:
  {
    SessionStart: {source: "source", model: "model"},
    SessionEnd: {reason: "reason"},
    SubagentStart: {agent_type: "agent_type"},
    SubagentStop: {agent_type: "agent_type"},
    PermissionRequest: {tool: "tool_name"},
    Notification: {notification_type: "notification_type"},
    PreCompact: {trigger: "trigger"}
  };

def events:
  {
    SessionStart: {event: "session_start"},
    SessionEnd: {event: "session_end"},
    UserPromptSubmit: {event: "prompt"},
    SubagentStart: {event: "agent_start"},
    SubagentStop: {event: "agent_stop"},
    PermissionRequest: {event: "permission_wait"},
    Notification: {event: "notification"},
    PreCompact: {event: "compact"},
    Stop: {event: "turn_end"}
  };

# The client reports the end of background work in the place of a prompt. Shells and monitors are
# reported in the same way but without an agent's usage: they are no event.
def notice:
  select(test("^\\s*<task-notification>\\s*<task-id>[\\w.:-]{1,256}</"; null))
  | {event: null},
    (select(test("<subagent_tokens>|<summary>(?:Background a|A)gent |^(?![\\s\\S]*<summary>)"; null))
      | {event: "agent_result"},
        capture("<task-id>(?<child_id>[\\w.:-]{1,256})<"; null),
        capture("<tool-use-id>(?<id>[\\w.:-]{1,256})<"; null),
        capture("<status>(?<status>\\w{1,64})<"; null),
        (split("<usage>")[-1]
          | capture("<subagent_tokens>(?<tokens>[0-9]{1,15})<"; null),
            capture("<tool_uses>(?<tool_use_count>[0-9]{1,15})<"; null),
            capture("<duration_ms>(?<duration_ms>[0-9]{1,15})<"; null)
          | map_values(tonumber)));

payload
| [
    event(events; fields[.hook_event_name]),
    (.prompt | strings | notice),
    (select(.hook_event_name == "SubagentStop").last_assistant_message | outcome),
    (select(.hook_event_name == "Stop") | {running: ([.background_tasks[]?] | length)})
  ]
| line(if .event == "agent_stop" then . + {outcome, stubs} else . end)
