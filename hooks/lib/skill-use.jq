# After the Skill tool: skill_use, beside the tool_result of the same call.
include "common";
include "skill";

payload
| select(.tool_name == "Skill")
| [
    event(
      {
        PostToolUse: {event: "skill_use", success: true},
        PostToolUseFailure: {event: "skill_use", success: false}
      };
      {duration_ms: "duration_ms"}
    ),
    skill
  ]
| line(.)
