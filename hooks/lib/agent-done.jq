# After the agent tool: agent_link, and agent_done of an agent that has ended. A failed launch is a
# tool_result, because no agent came of it.
include "common";
include "failure";
include "outcome";

def counts:
  select($ENV.OUTCOME_BACKFILL_BYPASS != "1").toolStats | objects
  | pick({
      readCount: "readCount", searchCount: "searchCount", bashCount: "bashCount",
      editFileCount: "editFileCount", linesAdded: "linesAdded", linesRemoved: "linesRemoved",
      otherToolCount: "otherToolCount"
    })
  | {tool_stats: map_values(numbers)};

payload
| select(launches_agent)
| [
    event(
      {
        PostToolUse: {event: "agent_link"},
        PostToolUseFailure: {event: "tool_result", success: false}
      };
      {}
    )
  ] as $common
| if .error then
    $common
    + [pick({tool: "tool_name", raw_tool: "raw_tool", duration_ms: "duration_ms", interrupted: "is_interrupt"}), failure]
    | line(.)
  else
    .tool_response | objects
    | (
        select(.agentId | strings)
        | $common + [pick({child_id: "agentId", model: "resolvedModel", status: "status"})]
        | line(.)
      ),
      (
        select(.status == "completed")
        | ([([.content[]?.text? | strings + "\n"] | add | outcome), counts] | add) as $checked
        | $common + [
            {event: "agent_done"},
            pick({
              child_id: "agentId", duration_ms: "totalDurationMs",
              tool_use_count: "totalToolUseCount", tokens: "totalTokens"
            })
          ]
        | line(. + {outcome: null, stubs: null} + $checked)
      )
  end
