import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { codexTool } from "../../../../src/ingest/codex/codexWords.ts";
import { geminiTool } from "../../../../src/ingest/kit/geminiWords.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { clientCaptures } from "../../../support/hooks/clientCaptures.ts";
import { hooksFolder } from "../../../support/hooks/hookLab.ts";
import { essence } from "../../../support/log/eventLog.ts";
import { dump, storeOf } from "../../../support/telemetry/telemetry.ts";
import { eventsOfFile, recordedFiles } from "../../../support/transcripts/clientRuns.ts";
import { eventsOfLog } from "../../../support/transcripts/recordedRun.ts";

/** What is true of an agent, or of a session's own actor. */
interface Truth {
	/** Of a session its title is none; of an agent what it was told to do. */
	readonly name: string;
	readonly parent: string;
	readonly type: string;
	readonly calls: number;
	/** As the transcripts tell; of Codex the hooks say of no command that it failed. */
	readonly failures: number;
}

const main = (calls: number, failures: number): Truth => ({
	name: "main",
	parent: "",
	type: "main",
	calls,
	failures,
});
const agent = (
	name: string,
	calls: number,
	{ parent = "main", type = "default", failures = 0 } = {},
): Truth => ({ name, parent, type, calls, failures });

/** What the scripts of the runs did. */
const TRUTH: Readonly<Record<string, readonly Truth[]>> = {
	"codex/nested-parallel": [
		agent("a", 3),
		agent("b", 2, { failures: 1 }),
		agent("c", 1, { parent: "a" }),
		main(4, 0),
	],
	"codex/v1-unknown-model": [agent("Lovelace", 1), main(5, 1)],
	"codex/v2-gpt62": [agent("counter", 1), main(6, 1)],
	"qwen-code/shell-and-subagent": [
		agent("count lines", 1, { type: "general-purpose" }),
		main(3, 2),
	],
};

describe("One run of another client told by its hooks, by its transcripts, and by both", () => {
	for (const { run, client, eventFile } of clientCaptures) {
		const log = readFileSync(eventFile, "utf8").split("\n").filter(Boolean);
		const hooks = eventsOfLog(log);
		const files = recordedFiles(`../clients/${run}`).map(eventsOfFile);
		const truth = TRUTH[run] ?? assert.fail(run);

		it(`is the same session, with each agent and call once: ${run}`, async () => {
			assert.deepEqual(await told([hooks]), withoutHookBlindness(truth, client));
			assert.deepEqual(await told(files), truth);
			for (const order of [
				[hooks, ...files],
				[...files, hooks],
				[[hooks, ...files].flat().sort((a, b) => a.ts - b.ts)],
			]) {
				assert.deepEqual(await told(order), truth);
			}
		});

		it(`ends in the same graph and database however the two are interleaved: ${run}`, async () => {
			const queues = [hooks, ...files];
			const graph = essence(describeGraph(graphOf(queues.flat())));
			const rows = dump(await storeOf(queues));
			await fc.assert(
				fc.asyncProperty(fc.infiniteStream(fc.nat(1000)), async (picks) => {
					const events = interleaved(queues, picks);
					assert.deepEqual(essence(describeGraph(graphOf(events))), graph);
					assert.deepEqual(dump(await storeOf([events])), rows);
				}),
				{ numRuns: 20 },
			);
		});

		it(`is told of by lines that say whose they are: ${run}`, () => {
			assert.deepEqual(new Set(hooks.map((event) => event.client)), new Set([client]));
			const sessions = graphOf(hooks)
				.snapshot()
				.nodes.filter(({ kind }) => kind === "session");
			assert.deepEqual(
				sessions.map((node) => node.client),
				[client],
			);
		});
	}
});

describe("A failure that only the transcript tells", () => {
	it("counts however many calls its client's hooks have told of since", async () => {
		const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
		const common = { v: 2, client: "codex", session_id: "s1", tool: "Bash", program: "ls" };
		const log = Array.from({ length: 90 }, (_, index) => [
			{ ...common, event: "tool_use", ts: at(index), id: `c${index}` },
			{ ...common, event: "tool_result", ts: at(index), id: `c${index}`, success: true },
		]).flat();
		const hooks = eventsOfLog(log.map((line) => JSON.stringify(line)));
		const failure = hooks.flatMap((event) =>
			event.event === "tool_result" && event.id === "c3"
				? [{ ...event, origin: "transcript", success: false, errorClass: "exit_3" } as const]
				: [],
		);
		assert.equal(failure.length, 1);
		const orders = [
			[hooks, failure, failure],
			[failure, hooks],
			[failure, hooks, failure, hooks],
		];
		for (const order of orders) {
			const [session] = describeGraph(graphOf(order.flat())).nodes;
			assert.deepEqual([session?.calls, session?.failures], [90, 1]);
			const store = await storeOf(order);
			assert.deepEqual(store.first("SELECT count(*), sum(success = 0) FROM calls"), [90, 1]);
		}
	});
});

describe("The words of the hooks of another client", () => {
	for (const [client, known] of [
		["codex", codexTool],
		["qwen-code", geminiTool],
	] as const) {
		it(`for its tools are those of its transcripts: ${client}`, () => {
			const file = join(hooksFolder, "lib", client, "client.jq");
			const [, words = ""] = /def words:\s*(\{[^}]*\});/.exec(readFileSync(file, "utf8")) ?? [];
			const told = Object.entries(JSON.parse(words));
			assert.ok(told.length > 10);
			for (const [raw, word] of told) assert.equal(known(raw).tool, word, raw);
		});
	}
});

/** Hooks of Codex tell no exit codes, and what its agents are called only where the launch does. */
function withoutHookBlindness(truth: readonly Truth[], client: string): Truth[] {
	if (client !== "codex") return [...truth];
	return truth
		.map((each) => ({ ...each, failures: 0, name: each.name === "Lovelace" ? "" : each.name }))
		.sort(byName);
}

/** What the graph shows, once it agrees with what the database holds. */
async function told(batches: readonly (readonly AgentEvent[])[]): Promise<Truth[]> {
	const { nodes } = describeGraph(graphOf(batches.flat()));
	const session = nodes.find(({ kind }) => kind === "session");
	const names = new Map(nodes.map(({ id, description }) => [id, description]));
	const shown = nodes.map(({ id, kind, parent, type, description, calls, failures }) => ({
		name: kind === "session" ? "main" : description,
		parent: kind === "session" ? "" : parent === session?.id ? "main" : names.get(parent ?? ""),
		type,
		calls,
		failures,
		id,
	}));
	const stored = await storedOf(batches);
	assert.deepEqual(
		shown
			.map(({ id, name, type, calls, failures }) => [
				name === "main" ? "" : id,
				name,
				type,
				calls,
				failures,
			])
			.sort(),
		stored,
	);
	return shown.map(({ id: _id, parent = "", ...each }) => ({ ...each, parent })).sort(byName);
}

async function storedOf(batches: readonly (readonly AgentEvent[])[]): Promise<unknown[]> {
	const store = await storeOf(batches);
	const calls = `count(c.tool_use_id), ifnull(sum(c.success = 0 AND c.error_class <> 'interrupted'), 0)`;
	return store
		.all<Record<string, unknown>>(
			`SELECT a.agent_id, ifnull(a.description, '') AS name, a.agent_type, ${calls}
				FROM agents AS a LEFT JOIN calls AS c ON c.agent_id = a.agent_id AND c.tool_used <> 'Agent'
				GROUP BY a.agent_id
			UNION ALL SELECT '', 'main', 'main', ${calls}
				FROM calls AS c WHERE c.agent_id IS NULL AND c.tool_used <> 'Agent'`,
		)
		.map((row) => Object.values(row))
		.sort();
}

function byName(a: Truth, b: Truth): number {
	return a.name < b.name ? -1 : 1;
}

function graphOf(events: readonly AgentEvent[]): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph;
}

/** Takes from the front of one of several queues at a time, as the numbers choose. */
function interleaved(
	queues: readonly (readonly AgentEvent[])[],
	picks: Iterator<number>,
): AgentEvent[] {
	const left = queues.map((queue) => [...queue]);
	const events: AgentEvent[] = [];
	while (left.some(({ length }) => length > 0)) {
		const some = left.filter(({ length }) => length > 0);
		const event = some[(picks.next().value as number) % some.length]?.shift();
		if (event !== undefined) events.push(event);
	}
	return events;
}
