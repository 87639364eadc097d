# What a call of the Skill tool tells of its skill: the name, and that it says itself that it failed.
# src/ingest/claude-code/calls/calls.ts has the same.
def skill:
  select(.tool_name == "Skill")
  | (.tool_input | objects | {skill}),
    (.tool_response | objects | select(.success == false) | {success});
