import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import {
	eventsOfLines,
	familyOf,
	type RecordedRequest,
	readOtlp,
	recordedOtlp,
	tokensOf,
} from "../../../support/otlp/recordedOtlp.ts";

/** What stood in prompts, arguments, answers and outputs of the recorded runs. */
const CANARIES = [
	"TASK",
	"please",
	"a step",
	"nowhere",
	"made.txt",
	"missing",
	"/home/dev",
	"So far",
	"All done",
	"line one",
	"exit 3",
	"Patch",
	"three",
	"project",
];

/** Recorded from the real clients with `test/support/client/otlp/recordOtlp.ts`: what is right of each. */
const RUNS: Readonly<
	Record<string, { readonly family: readonly string[]; readonly tokens: number }>
> = {
	"claude-code/mixed-all": {
		family: [
			"0 main idle – 5 calls, 2 failed",
			"1 general-purpose done functional 2 calls, 1 failed",
			"1 general-purpose done partial 1 calls, 0 failed",
			"1 general-purpose done scaffolding 2 calls, 0 failed",
			"2 general-purpose done – 2 calls, 1 failed",
		],
		tokens: 131_410,
	},
	"claude-code/deep-plain": {
		family: [
			"0 main idle – 1 calls, 0 failed",
			"1 general-purpose done – 1 calls, 0 failed",
			"2 general-purpose done – 0 calls, 0 failed",
			"2 general-purpose done – 2 calls, 1 failed",
			"3 general-purpose done – 2 calls, 1 failed",
		],
		tokens: 85_430,
	},
	"codex/scripts-mixed-all": {
		family: [
			"0 main running – 7 calls, 1 failed",
			"1 default done – 2 calls, 0 failed",
			"1 default done – 2 calls, 0 failed",
			"1 default done – 2 calls, 1 failed",
			"2 default done – 2 calls, 1 failed",
		],
		tokens: 144_217,
	},
	// Nobody waited for one of its agents, so that nothing told its end.
	"codex/functions-mixed-plain": {
		family: [
			"0 main running – 7 calls, 1 failed",
			"1 default done partial 2 calls, 0 failed",
			"1 default done scaffolding 2 calls, 0 failed",
			"1 default running – 2 calls, 1 failed",
			"2 default done – 2 calls, 1 failed",
		],
		tokens: 144_217,
	},
	"copilot-cli/tools-mixed-all": {
		family: [
			"0 main idle – 5 calls, 2 failed",
			"1 general-purpose done functional 2 calls, 1 failed",
			"1 general-purpose done partial 1 calls, 0 failed",
			"1 general-purpose done scaffolding 2 calls, 0 failed",
			"2 general-purpose done – 2 calls, 1 failed",
		],
		tokens: 125_410,
	},
	"copilot-cli/patches-deep-plain": {
		family: [
			"0 main idle – 1 calls, 0 failed",
			"1 general-purpose done – 1 calls, 0 failed",
			"2 general-purpose done – 0 calls, 0 failed",
			"2 general-purpose done – 2 calls, 1 failed",
			"3 general-purpose done – 2 calls, 1 failed",
		],
		tokens: 81_530,
	},
};

for (const [run, right] of Object.entries(RUNS)) {
	describe(`What the real client sent over OTLP: ${run}`, () => {
		const [client = ""] = run.split("/");
		const requests = recordedOtlp(run);
		const told = readOtlp(requests, client);

		it("is its family of agents, with every call and failure, and its tokens", () => {
			const events = eventsOfLines(told.lines);
			assert.deepEqual(familyOf(events), right.family);
			assert.equal(tokensOf(events), right.tokens);
			assert.deepEqual(told.unknown, []);
		});

		it("is the same in requests of any size, each sent again", () => {
			fc.assert(
				fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 4 }), (sizes) => {
					const parts = requests.flatMap((each) => cutIn(each, sizes));
					const { lines } = readOtlp(
						parts.flatMap((part) => [part, part]),
						client,
					);
					const events = eventsOfLines(lines);
					assert.deepEqual(familyOf(events), right.family);
					assert.equal(tokensOf(events), right.tokens);
				}),
				{ numRuns: 15 },
			);
		});

		it("is the same in whatever order its lines are read, and twice", () => {
			const events = eventsOfLines(told.lines);
			fc.assert(
				fc.property(
					fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
					(shuffled) => {
						const read = client === "copilot-cli" ? launchesFirst(shuffled) : shuffled;
						assert.deepEqual(familyOf(read), right.family);
						assert.equal(tokensOf(read), right.tokens);
					},
				),
				{ numRuns: 15 },
			);
		});

		it("leaves nothing of prompts, arguments, answers and outputs", () => {
			const sent = JSON.stringify(requests);
			if (run.endsWith("-all")) {
				for (const word of ["TASK", "nowhere"]) assert.ok(sent.includes(word), word);
			}
			const kept = JSON.stringify(told.lines);
			for (const word of CANARIES) assert.ok(!kept.includes(word), word);
		});

		it("is read alike by a receiver that is started anew at any time", () => {
			for (let cut = 1; cut < requests.length; cut++) {
				const before = readOtlp(requests.slice(0, cut), client, Infinity);
				const after = readOtlp(requests.slice(cut), client, undefined, before.lines);
				const events: AgentEvent[] = eventsOfLines([...before.lines, ...after.lines]);
				assert.deepEqual(familyOf(events), right.family, `cut at ${cut}`);
			}
		});
	});
}

/** Where a call stands for its agent it is told before that, as it is written, and by time. */
function launchesFirst(events: readonly AgentEvent[]): AgentEvent[] {
	const rank = ({ event, ts }: AgentEvent) => (event === "agent_spawn" ? ts : Number.MAX_VALUE);
	return events.toSorted((a, b) => rank(a) - rank(b));
}

/** A request as several, of so many records each. */
function cutIn(request: RecordedRequest, sizes: readonly number[]): RecordedRequest[] {
	if (request.kind === "metric") return [];
	const [resources, scopes, records] =
		request.kind === "log"
			? (["resourceLogs", "scopeLogs", "logRecords"] as const)
			: (["resourceSpans", "scopeSpans", "spans"] as const);
	type Raw = Record<string, never[]>;
	const parts: RecordedRequest[] = [];
	for (const resource of (request.body as Raw)[resources] ?? []) {
		for (const scope of (resource as Raw)[scopes] ?? []) {
			const all = (scope as Raw)[records] ?? [];
			for (let at = 0, index = 0; at < all.length; index++) {
				const size = sizes[index % sizes.length] ?? 1;
				const part = { ...(scope as object), [records]: all.slice(at, at + size) };
				const body = { [resources]: [{ ...(resource as object), [scopes]: [part] }] };
				parts.push({ ...request, body });
				at += size;
			}
		}
	}
	return parts;
}
