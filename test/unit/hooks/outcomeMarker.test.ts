import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { payload } from "../../support/hooks/payloads.ts";

const marker = "=== STATUS-TRUTH MARKER ===";

interface Case {
	readonly title: string;
	readonly message: unknown;
	readonly claim: readonly [outcome: string | null, stubs: number | null];
}

const words = ["functional", "partial", "scaffolding", "fail"] as const;

const cases: readonly Case[] = [
	...words.map(
		(word, stubs): Case => ({
			title: `is ${word} where it says so`,
			message: `done\n${marker}\nshipped: ${word}\nstubs: ${stubs}`,
			claim: [word, stubs],
		}),
	),
	{
		title: "is read whatever the case",
		message: "=== Status-Truth Marker ===\nSHIPPED: Partial\nStubs: 4",
		claim: ["partial", 4],
	},
	{
		title: "is read with spaces and carriage returns around it",
		message: `  ${marker}  \r\n  shipped:   fail \r\n stubs: 12 \r\n`,
		claim: ["fail", 12],
	},
	{
		title: "is the first one of several",
		message: `${marker}\nshipped: fail\nstubs: 1\n${marker}\nshipped: functional\nstubs: 0`,
		claim: ["fail", 1],
	},
	{
		title: "is null for any other word",
		message: `${marker}\nshipped: mostly\nstubs: 1`,
		claim: [null, 1],
	},
	{
		title: "is null for the template itself",
		message: `${marker}\nshipped: functional|partial|scaffolding|fail\nstubs: N`,
		claim: [null, null],
	},
	{
		title: "is null where the marker is not a line of its own",
		message: `I write "${marker}" here\nshipped: fail\nstubs: 1`,
		claim: [null, null],
	},
	{
		title: "is null before the marker",
		message: `shipped: fail\nstubs: 1\n${marker}\n`,
		claim: [null, null],
	},
	{
		title: "is null for a number in digits of another script",
		message: `${marker}\nshipped: partial\nstubs: ٣`,
		claim: ["partial", null],
	},
	{ title: "is null without a marker", message: "shipped: fail", claim: [null, null] },
	{ title: "is null without a message", message: undefined, claim: [null, null] },
];

forEachShell("an agent's outcome", (lab) => {
	for (const { title, message, claim } of cases) {
		it(title, async () => {
			const fields = { agent_id: "a1", agent_type: "x", last_assistant_message: message };
			const [event] = await lab().events("agent-lifecycle.sh", payload("SubagentStop", fields));
			assert.deepEqual([event?.outcome, event?.stubs], claim);
		});
	}
});
