import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../../../../scripts/paths.ts";
import { claudeCode } from "../../../../src/ingest/claude-code/client.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import { loadPrices } from "../../../../src/pricing/prices.ts";
import { newStore } from "../../../support/telemetry/telemetry.ts";
import { transcriptRecords } from "../../../support/transcripts/recordedRun.ts";

/** Newer than the price list: without a cost, whatever the client says. */
const UNPRICED: ReadonlySet<string> = new Set(["claude-haiku-5-5"]);

/** Tokens and cost of one model in one session, cost to a hundredth of a cent. */
interface Total {
	readonly model: string;
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly cost: string | null;
}

interface CostState {
	readonly sessionId: string;
	readonly modelUsage: Readonly<
		Record<
			string,
			{
				readonly inputTokens: number;
				readonly outputTokens: number;
				readonly cacheReadInputTokens: number;
				readonly cacheCreationInputTokens: number;
				readonly costUSD: number;
			}
		>
	>;
}

/** What the client itself wrote down at the end of a session. */
function costStates(folder: string): CostState[] {
	const last = new Map<string, CostState>();
	for (const file of globSync("*/*.jsonl", { cwd: folder })) {
		for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
			if (!line.startsWith('{"type":"cost-state"')) continue;
			const state = JSON.parse(line) as CostState;
			last.set(state.sessionId, state);
		}
	}
	return [...last.values()];
}

function totalsOf({ modelUsage }: CostState): Total[] {
	return sorted(
		Object.entries(modelUsage).map(([model, usage]) => ({
			model,
			tokensIn: usage.inputTokens,
			tokensOut: usage.outputTokens,
			cacheRead: usage.cacheReadInputTokens,
			cacheWrite: usage.cacheCreationInputTokens,
			cost: UNPRICED.has(model) ? null : usage.costUSD.toFixed(4),
		})),
	);
}

function sorted(totals: Total[]): Total[] {
	return totals.sort((a, b) => (a.model < b.model ? -1 : 1));
}

const asTotal = (row: Omit<Total, "cost"> & { readonly costUsd: number | null }): Total => {
	const { model, tokensIn, tokensOut, cacheRead, cacheWrite, costUsd } = row;
	const cost = costUsd === null ? null : costUsd.toFixed(4);
	return { model, tokensIn, tokensOut, cacheRead, cacheWrite, cost };
};

describe("Tokens and cost of a recorded session are what the client reckoned", () => {
	const folders = globSync(["captures/*/transcripts", "runs/*/projects"], {
		cwd: inProject("test/fixtures"),
	}).map((folder) => inProject("test/fixtures", folder));
	const sessions = folders.flatMap((folder) =>
		costStates(folder).map((state) => ({ folder, state })),
	);
	let eventsIn: (folder: string) => AgentEvent[];
	before(async () => {
		const client = claudeCode(await loadPrices());
		eventsIn = (folder) => transcriptRecords(folder, client).flatMap(eventsOf);
	});

	it("of several recordings", () => assert.ok(sessions.length >= 4));

	for (const { folder, state } of sessions) {
		const name = folder.split("/").at(-2);

		it(`${name}: in the graph`, () => {
			const graph = new LiveGraph();
			for (const event of eventsIn(folder)) graph.apply(event);
			const { nodes } = graph.snapshot();
			const root = nodes.find(({ id }) => id === state.sessionId);
			const usage = nodeDetail(graph, root?.key ?? "")?.sessionUsage ?? [];
			assert.deepEqual(sorted(usage.map(asTotal)), totalsOf(state));
			const tokens = usage.map(
				(row) => row.tokensIn + row.tokensOut + row.cacheRead + row.cacheWrite,
			);
			assert.equal(
				nodes.reduce((sum, node) => sum + (node.tokens ?? 0), 0),
				tokens.reduce((sum, count) => sum + count, 0),
			);
		});

		it(`${name}: in the database`, async () => {
			const store = await newStore();
			store.ingest(eventsIn(folder), null);
			const rows = store.all<Parameters<typeof asTotal>[0]>(
				`SELECT model, sum(tokens_in) AS tokensIn, sum(tokens_out) AS tokensOut,
					sum(cache_read) AS cacheRead, sum(cache_write_5m + cache_write_1h) AS cacheWrite,
					sum(cost_usd) AS costUsd FROM usage_days WHERE session_id = ? GROUP BY model`,
				[state.sessionId],
			);
			assert.deepEqual(sorted(rows.map(asTotal)), totalsOf(state));
			// Every agent's own sums are those of its transcript.
			const [agents, own] = [
				"SELECT total(tokens_in + tokens_out) FROM agents",
				"SELECT total(tokens_in + tokens_out) FROM usage_days WHERE agent_id <> ''",
			].map((sql) => store.first(sql)?.[0]);
			assert.equal(agents, own);
			assert.ok(Number(own) > 0);
		});
	}
});

const eventsOf = (records: readonly { readonly event: AgentEvent }[]): AgentEvent[] =>
	records.map(({ event }) => event);
