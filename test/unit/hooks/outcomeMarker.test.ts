import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { payload } from "../../support/hooks/payloads.ts";
import { CLAIM_CASES } from "../../support/telemetry/outcomeClaims.ts";

forEachShell("an agent's outcome", (lab) => {
	// That jq reads the others as transcripts are read is tested without a shell.
	for (const { title, message, claim } of CLAIM_CASES.filter((_, at) => at % 6 === 0)) {
		it(title, async () => {
			const fields = { agent_id: "a1", agent_type: "x", last_assistant_message: message };
			const [event] = await lab().events("agent-lifecycle.sh", payload("SubagentStop", fields));
			assert.deepEqual([event?.outcome, event?.stubs], claim);
		});
	}
});
