# After the Skill tool: skill_use, beside the tool_result of the same call.
include "common";

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
    (.tool_input | objects | {skill}),
    (.tool_response | objects | select(.success == false) | {success})
  ]
| line(.)
