# After the Skill tool: skill_use, beside the tool_result of the same call.
include "common";

[
  event("skill_use"),
  {duration_ms, success: true},
  (.tool_input | objects | {skill}),
  (.tool_response | objects | select(.success == false) | {success})
]
| line(.)
