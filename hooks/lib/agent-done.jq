# After the agent tool: agent_link, and agent_done of an agent that has ended. A failed launch is a
# tool_result, because no agent came of it.
include "common";
include "failure";
include "outcome";

def stats:
  select($ENV.OUTCOME_BACKFILL_BYPASS != "1").toolStats | objects
  | {readCount, searchCount, bashCount, editFileCount, linesAdded, linesRemoved, otherToolCount}
  | {tool_stats: map_values(numbers)};

if .hook_event_name == "PostToolUse" then
  [event("agent_link")] as $common
  | .tool_response | objects
  | (
      select(.agentId | strings)
      | $common + [{child_id: .agentId, model: .resolvedModel, status}]
      | line(.)
    ),
    (
      select(.status == "completed")
      | ([([.content[]?.text? | strings + "\n"] | add | outcome), stats] | add) as $checked
      | $common + [{
          event: "agent_done",
          child_id: .agentId,
          duration_ms: .totalDurationMs,
          tool_use_count: .totalToolUseCount,
          tokens: .totalTokens
        }]
      | line(. + {outcome: null, stubs: null} + $checked)
    )
else
  [
    event("tool_result"),
    {tool: .tool_name, success: false, duration_ms, interrupted: .is_interrupt},
    failure
  ]
  | line(.)
end
