import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import type { HookLab } from "../../support/hooks/hookLab.ts";
import { common, type Payload, payload } from "../../support/hooks/payloads.ts";

type Claim = readonly [tier: string, value: string, pointer: string];

interface Case {
	readonly title: string;
	readonly message: unknown;
	readonly claims: readonly Claim[];
}

const cases: readonly Case[] = [
	...["REAL", "FROM-JOURNAL", "ESTIMATE-HTC"].map(
		(tier): Case => ({
			title: `reads a claim of tier ${tier}`,
			message: `All 42 tests pass [${tier}: npm test]`,
			claims: [[tier, "All 42 tests pass", "npm test"]],
		}),
	),
	{
		title: "keeps the claims of a line apart, without what joins them",
		message:
			"It takes 12 ms [REAL: bench], 3.5 MB [FROM-JOURNAL: May 3]; and 7 % [ESTIMATE-HTC: x].",
		claims: [
			["REAL", "It takes 12 ms", "bench"],
			["FROM-JOURNAL", "3.5 MB", "May 3"],
			["ESTIMATE-HTC", "and 7 %", "x"],
		],
	},
	{
		title: "takes the words of the same sentence only",
		message: "Secret first part. Then 9.5 ms on average [REAL: bench] and a secret end",
		claims: [["REAL", "Then 9.5 ms on average", "bench"]],
	},
	{
		title: "takes the sentence that ended just before",
		message: "Nothing else. Memory is 140 MB. [REAL: rss]",
		claims: [["REAL", "Memory is 140 MB.", "rss"]],
	},
	{
		title: "takes the words of the same line only, without list marks",
		message: "first line\r\n  - 8 of 8 agents [REAL: run 3]\r\n> * -3 % slower [REAL: run 4]\r\n",
		claims: [
			["REAL", "8 of 8 agents", "run 3"],
			["REAL", "-3 % slower", "run 4"],
		],
	},
	{
		title: "takes the last 60 characters of a long phrase",
		message: `${"🦉".repeat(500)}${"é".repeat(55)} 42 🦉 [REAL: x]`,
		claims: [["REAL", `${"é".repeat(55)} 42 🦉`, "x"]],
	},
	{
		title: "reads a pointer with brackets of its own",
		message: "7 rows [REAL: see [the run](https://example.org/7)]",
		claims: [["REAL", "7 rows", "see [the run](https://example.org/7)"]],
	},
	{
		title: "keeps other brackets in the phrase",
		message: "as in [1] 7 rows [REAL: x]",
		claims: [["REAL", "as in [1] 7 rows", "x"]],
	},
	{
		title: "writes a claim each time it is made",
		message: "7 rows [REAL: x]\n7 rows [REAL: x]",
		claims: [
			["REAL", "7 rows", "x"],
			["REAL", "7 rows", "x"],
		],
	},
	{ title: "needs words before the bracket", message: "[REAL: x]\n- [REAL: y]", claims: [] },
	{ title: "needs a pointer", message: "1 [REAL:] 2 [REAL: ] 3 [REAL]", claims: [] },
	{ title: "needs the bracket to close", message: "1 [REAL: x\n2 [REAL: y", claims: [] },
	{ title: "knows no other tier", message: "1 [GUESS: x] 2 [real: y] 3 [REAL : z]", claims: [] },
	{ title: "finds none in a message without any", message: "All is well.", claims: [] },
	{ title: "finds none where there is no message", message: undefined, claims: [] },
	{ title: "finds none where the message is no text", message: ["1 [REAL: x]"], claims: [] },
];

forEachShell("numeric claims", (lab) => {
	for (const { title, message, claims } of cases) {
		it(title, async () => {
			assert.deepEqual(
				await claimed(lab(), message),
				claims.map(([tier, value, pointer]) => ({
					...common("numeric_claim"),
					tier,
					value,
					pointer,
				})),
			);
		});
	}

	it("are written for the end of a turn only", async () => {
		const input = payload("SubagentStop", { last_assistant_message: "1 [REAL: x]" });
		assert.deepEqual(await lab().events("numeric-claims-record.sh", input), []);
	});

	it("are each a line of at most 4,096 bytes", async () => {
		const pointer = "\u0001".repeat(5000);
		const message = `one [REAL: ${pointer}] two [REAL: ${pointer}]`;
		assert.equal((await claimed(lab(), message)).length, 2);
		for (const line of readFileSync(lab().log, "utf8").split("\n")) {
			assert.ok(Buffer.byteLength(line) < 4096, `${line.length} characters`);
		}
	});

	for (const [name, message, count] of [
		["openings that never close", "1 [REAL: ".repeat(60_000), 0],
		["brackets that never close", `1 [REAL:${"[x]".repeat(100_000)}`, 0],
		["claims in one line", "1 [REAL: x] ".repeat(40_000), Math.floor(16_384 / 12)],
		["blanks", `1${" ".repeat(400_000)}[REAL:${" ".repeat(400_000)}x]`, 0],
		["empty lines", `${"\n".repeat(100_000)}1 [REAL: x]`, 1],
	] as const) {
		it(`are read from a message of many ${name} within the time of a test`, async () => {
			assert.equal((await claimed(lab(), message)).length, count);
		});
	}
});

function stop(message: unknown): Payload {
	return payload("Stop", { last_assistant_message: message });
}

function claimed(lab: HookLab, message: unknown): Promise<Payload[]> {
	return lab.events("numeric-claims-record.sh", stop(message));
}
