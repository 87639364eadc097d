# Before the agent tool: agent_spawn.
include "common";

[
  event("agent_spawn"),
  {parent_id: .agent_id},
  (.tool_input | objects
    | {subagent_type, model, description, branch: .isolation, background: .run_in_background},
      (select($ENV.KEI_EVENTS_NO_PREVIEW != "1").prompt | strings | {prompt_preview: .[:80]}))
]
| line(. + {parent_id})
