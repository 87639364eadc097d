# Before the agent tool: agent_spawn.
include "common";

payload
| select(launches_agent)
| [
    event({PreToolUse: {event: "agent_spawn"}}; {parent_id: "agent_id"}),
    (.tool_input | objects
      | pick({
          subagent_type: "subagent_type", model: "model", description: "description",
          branch: "isolation", background: "run_in_background"
        }),
        (select($ENV.KEI_EVENTS_NO_PREVIEW != "1").prompt | strings | {prompt_preview: .[:80]}))
  ]
| line(. + {parent_id})
