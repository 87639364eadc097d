import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary } from "../../scripts/setup/claudeClient.ts";
import { findProgram } from "../../scripts/setup/which.ts";
import { claudeCode } from "../../src/ingest/claude-code/client.ts";
import type { AgentEvent } from "../../src/model/events/events.ts";
import { LiveGraph } from "../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../src/model/graph/told/graphDescription.ts";
import { nodeDetail } from "../../src/model/graph/told/nodeDetail.ts";
import type { PriceOf } from "../../src/model/usage/price.ts";
import type { NodeView } from "../../src/model/views/view.ts";
import { loadPrices } from "../../src/pricing/prices.ts";
import { assertLogAgrees, assertNothingLost } from "../support/client/agreement.ts";
import { type ClientRecords, readRecords } from "../support/client/clientRecords.ts";
import { ClientRun } from "../support/client/clientRun.ts";
import { installHooks } from "../support/client/installedHooks.ts";
import { everything } from "../support/client/scenarios.ts";
import { eventsOfLog, eventsOfTranscripts } from "../support/transcripts/recordedRun.ts";

/** What the client wrote of its own costs at the end of the run. */
interface CostState {
	readonly totalCostUSD: number;
	readonly modelUsage: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

describe("the real client with our installer's settings, told by hooks, by transcripts, and by both", () => {
	let run: ClientRun;
	let records: ClientRecords;
	let costState: CostState;
	let priceOf: PriceOf;
	const graphs = new Map<string, LiveGraph>();

	before(async function () {
		if (claudeBinary() === undefined || findProgram("jq") === undefined) this.skip();
		run = new ClientRun();
		await run.play(everything, { install: installHooks });
		priceOf = await loadPrices();
		records = readRecords(run.config);
		costState = readCostState(run.config);
		const hooks = eventsOfLog(run.events());
		const transcripts = eventsOfTranscripts(join(run.config, "projects"), claudeCode(priceOf));
		graphs.set("hooks", graphFrom(hooks));
		graphs.set("transcripts", graphFrom(transcripts.flat()));
		graphs.set("both", graphFrom([...hooks, ...transcripts.flat()]));
		graphs.set("both by time", graphFrom(byTime([...hooks, ...transcripts.flat()])));
	});
	after(() => run?.dispose());

	it("ran what the script says", () => {
		assert.deepEqual(records.agents.map(({ description }) => description).sort(), [
			"inner",
			"leaf",
			"outer",
			"twin",
			"twin",
		]);
		assert.equal(records.calls.all.length, 6);
	});

	it("loses no event", () => assertNothingLost(run));

	for (const source of ["hooks", "transcripts", "both", "both by time"]) {
		describe(source, () => {
			it("show each agent under the one that launched it, with its calls and outcome", () => {
				const nodes = describeGraph(graph(source)).nodes;
				for (const agent of records.agents) {
					const node = nodes.find(({ id }) => id === agent.id);
					assert.deepEqual(
						node && [node.parent, node.type, node.description, node.outcome, node.stubs],
						[
							agent.parent ?? records.session,
							agent.type,
							agent.description,
							agent.outcome,
							agent.stubs,
						],
					);
					assert.deepEqual(
						[node?.state, node?.calls, node?.failures],
						["done", agent.calls.all.length, agent.calls.failed.length],
					);
				}
				assert.equal(nodes.length, records.agents.length + 1);
			});

			it("know the orchestrator's calls, and that one was denied", () => {
				const node = describeGraph(graph(source)).nodes.find(({ kind }) => kind === "session");
				const { all, failed } = records.calls;
				// A hook only ever says that a denied call was asked for.
				const known = source === "hooks" ? failed.length - 1 : failed.length;
				assert.deepEqual([node?.calls, node?.failures], [all.length, known]);
				const denied = nodeDetail(
					graph(source),
					viewOf(source, records.session).key,
				)?.recent.filter(({ tool }) => tool === "WebFetch");
				assert.deepEqual(
					denied?.map(({ errorClass }) => errorClass),
					[source === "hooks" ? "" : "denied"],
				);
			});

			// By how much a hook is later than the last word a benchmark measures: here it may be slow.
			it("end each agent with its last word, or with the hook that runs then", () => {
				const stops = new Map(
					run
						.events()
						.map((line) => JSON.parse(line))
						.filter(({ event }) => event === "agent_stop")
						.map(({ agent_id, ts }) => [agent_id, Date.parse(ts)]),
				);
				for (const agent of records.agents) {
					const { endedAt } = viewOf(source, agent.id);
					const told = [lastWordAt(run.config, agent.id), stops.get(agent.id)];
					if (source === "transcripts") assert.equal(endedAt, told[0]);
					else assert.ok(told.includes(endedAt ?? 0), `${endedAt} is none of ${told}`);
				}
			});

			if (source === "hooks") return;

			it("count the tokens that the client counted, and what it says that they cost", () => {
				const views = graph(source).snapshot().nodes;
				const tokens = views.reduce((sum, view) => sum + (view.tokens ?? 0), 0);
				const counted = Object.values(costState.modelUsage).reduce(
					(sum, of) =>
						sum +
						(of.inputTokens ?? 0) +
						(of.outputTokens ?? 0) +
						(of.cacheReadInputTokens ?? 0) +
						(of.cacheCreationInputTokens ?? 0),
					0,
				);
				assert.equal(tokens, counted);
				assert.equal(graph(source).counters.tokens, counted);
				const cost = graph(source).counters.costUsd ?? 0;
				assert.equal(cost.toFixed(2), costState.totalCostUSD.toFixed(2));
			});

			it("name the model that answered", () => {
				for (const { kind, id, model } of describeGraph(graph(source)).nodes) {
					assert.match(model, /^claude-(?:sonnet|opus|haiku)-/, `${kind} ${id}`);
				}
			});
		});
	}

	it("log every call, parent and outcome as the transcripts have them", () => {
		// The denied call has no result in the log, which is what the transcripts are for.
		const denied = run
			.payloads()
			.filter(
				({ hook_event_name, tool_name }) =>
					hook_event_name === "PreToolUse" && tool_name === "WebFetch",
			);
		assert.equal(denied.length, 1);
		const without = (ids: readonly string[]) => ids.filter((id) => id !== denied[0]?.tool_use_id);
		const calls = { all: without(records.calls.all), failed: without(records.calls.failed) };
		const events = run.events().filter((line) => !line.includes(String(denied[0]?.tool_use_id)));
		assertLogAgrees({ events: () => events } as ClientRun, { ...records, calls });
	});

	function graph(source: string): LiveGraph {
		return graphs.get(source) ?? assert.fail(source);
	}

	function viewOf(source: string, id: string): NodeView {
		const view = graph(source)
			.snapshot()
			.nodes.find((node) => node.id === id);
		return view ?? assert.fail(`no node ${id}`);
	}
});

function graphFrom(events: readonly AgentEvent[]): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph;
}

function byTime(events: readonly AgentEvent[]): AgentEvent[] {
	return events.toSorted((a, b) => a.ts - b.ts);
}

function readCostState(config: string): CostState {
	const [file = ""] = globSync("projects/*/*.jsonl", { cwd: config });
	const lines = readFileSync(join(config, file), "utf8").split("\n").filter(Boolean);
	return lines.map((line) => JSON.parse(line)).findLast(({ type }) => type === "cost-state");
}

/** Time of the last message of an agent, ms since the epoch. */
function lastWordAt(config: string, agent: string): number {
	const [file = ""] = globSync(`projects/*/*/subagents/agent-${agent}.jsonl`, { cwd: config });
	const lines = readFileSync(join(config, file), "utf8").split("\n").filter(Boolean);
	const last = lines
		.map((line) => JSON.parse(line))
		.findLast(({ type }) => type === "assistant" || type === "user");
	return Date.parse(last.timestamp);
}
