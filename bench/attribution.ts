// Who called what, how it ended and what it took: ours against what the client's own files say.
import { globSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { claudeCode } from "../src/ingest/claude-code/client.ts";
import type { AgentEvent } from "../src/model/events/events.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { nodeDetail } from "../src/model/graph/told/nodeDetail.ts";
import { loadPrices } from "../src/pricing/prices.ts";
import { type AgentRecord, readRecords } from "../test/support/client/clientRecords.ts";
import { ClientRun } from "../test/support/client/clientRun.ts";
import { eight } from "../test/support/client/scenarios.ts";
import { eventsOfLog, eventsOfTranscripts } from "../test/support/transcripts/recordedRun.ts";

/** Of the published v1 hooks on this scenario and client, as measured when this was begun. */
const PUBLISHED_V1 = "| published v1 hooks | 0 of 40 | 0 of 8 | ends at launch | – |";

interface CostState {
	readonly modelUsage: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const client = new ClientRun();
	try {
		await client.play(eight);
		const { agents } = readRecords(client.config);
		const projects = path.join(client.config, "projects");
		const hooks = eventsOfLog(client.events());
		const transcripts = eventsOfTranscripts(projects, claudeCode(await loadPrices())).flat();
		const counted = clientsCount(projects);
		const row = (title: string, events: readonly AgentEvent[]) =>
			judge(title, events, agents, counted, projects);
		return [
			`Eight agents of one type at once, five calls each, on the real client, against its own transcripts (${counted.toLocaleString("en-US")} tokens by its own count)`,
			"",
			"| | calls on the right agent | outcomes | end after the last word, at most | tokens |",
			"| --- | ---: | ---: | ---: | ---: |",
			PUBLISHED_V1,
			`| tokens added up line by line | – | – | – | ${lineByLine(projects).toLocaleString("en-US")} |`,
			row("hooks only", hooks),
			row("transcripts only", transcripts),
			row("both", [...hooks, ...transcripts]),
		].join("\n");
	} finally {
		client.dispose();
	}
}

function judge(
	title: string,
	events: readonly AgentEvent[],
	agents: readonly AgentRecord[],
	counted: number,
	projects: string,
): string {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	const views = new Map(graph.snapshot().nodes.map((node) => [node.id, node]));
	let [right, all, outcomes, lag] = [0, 0, 0, 0];
	for (const agent of agents) {
		const view = views.get(agent.id);
		const made = new Set(
			view === undefined ? [] : nodeDetail(graph, view.key)?.recent.map(({ id }) => id),
		);
		all += agent.calls.all.length;
		right += agent.calls.all.filter((id) => made.has(id)).length;
		if (view?.outcome === agent.outcome) outcomes++;
		lag = Math.max(lag, Math.abs((view?.endedAt ?? 0) - lastWordAt(projects, agent.id)));
	}
	const { tokens } = graph.counters;
	const verdict =
		tokens === null
			? "–"
			: `${tokens.toLocaleString("en-US")}${tokens === counted ? " (right)" : ""}`;
	return `| ${title} | ${right} of ${all} | ${outcomes} of ${agents.length} | ${lag} ms | ${verdict} |`;
}

function linesOf(projects: string, pattern: string): Record<string, never>[] {
	return globSync(pattern, { cwd: projects }).flatMap((file) =>
		readFileSync(path.join(projects, file), "utf8")
			.split("\n")
			.filter(Boolean)
			.map((line) => JSON.parse(line)),
	);
}

/** What the client wrote of its tokens at the end. */
function clientsCount(projects: string): number {
	const state = linesOf(projects, "*/*.jsonl").findLast(({ type }) => type === "cost-state");
	const usage = Object.values((state as unknown as CostState).modelUsage);
	return usage.reduce(
		(sum, of) =>
			sum +
			(of.inputTokens ?? 0) +
			(of.outputTokens ?? 0) +
			(of.cacheReadInputTokens ?? 0) +
			(of.cacheCreationInputTokens ?? 0),
		0,
	);
}

/** What one gets who adds up every line that names tokens. */
function lineByLine(projects: string): number {
	let sum = 0;
	for (const { message } of linesOf(projects, "**/*.jsonl")) {
		const usage = (message as { usage?: Record<string, number> } | undefined)?.usage;
		if (usage === undefined) continue;
		sum += (usage.input_tokens ?? 0) + (usage.output_tokens ?? 0);
		sum += (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
	}
	return sum;
}

/** Time of the last message of an agent, ms since the epoch. */
function lastWordAt(projects: string, agent: string): number {
	const lines = linesOf(projects, `*/*/subagents/agent-${agent}.jsonl`);
	const last = lines.findLast(({ type }) => type === "assistant");
	return Date.parse(String(last?.timestamp));
}
