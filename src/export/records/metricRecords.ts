import type { BucketRow, SinceSums, SumRow } from "../../telemetry/queries/exportSums.ts";
import { type ExponentialHistogram, exponentialHistogram } from "./exponentialHistogram.ts";
import { OTHER, providerOf, word } from "./exportedNames.ts";
import type { Attributes } from "./spanRecord.ts";

export interface MetricPoint<Value> {
	readonly attributes: Attributes;
	readonly value: Value;
}

interface Metric {
	readonly name: string;
	readonly description: string;
	/** As https://ucum.org writes it. */
	readonly unit: string;
}

/** One metric with its points: sums and histograms since the start, gauges as of now. */
export type MetricRecord = Metric &
	(
		| {
				readonly kind: "sum";
				readonly isWhole: boolean;
				readonly points: readonly MetricPoint<number>[];
		  }
		| { readonly kind: "gauge"; readonly points: readonly MetricPoint<number>[] }
		| { readonly kind: "histogram"; readonly points: readonly MetricPoint<ExponentialHistogram>[] }
	);

/** Names are those of the GenAI semantic conventions, and `agent_live_graph.` where they have none. */
export function metricRecords(sums: SinceSums): MetricRecord[] {
	const all: MetricRecord[] = [
		{
			name: "gen_ai.client.operation.duration",
			description: "How long calls of tools took.",
			unit: "s",
			kind: "histogram",
			points: histograms(sums.durations, callOf),
		},
		{
			name: "gen_ai.client.token.usage",
			description: "Tokens of messages; those of the input with what the cache held.",
			unit: "{token}",
			kind: "histogram",
			points: histograms(sums.tokens, (row) => {
				return { ...messageOf(row), "gen_ai.token.type": row.kind };
			}),
		},
		{
			name: "agent_live_graph.cost",
			description: "What messages cost, as far as their prices are known.",
			unit: "USD",
			kind: "sum",
			isWhole: false,
			points: sums.costs.map((row) => pointOf(row, messageOf(row))),
		},
		{
			name: "agent_live_graph.errors",
			description: "Calls of tools that failed.",
			unit: "{error}",
			kind: "sum",
			isWhole: true,
			points: sums.errors.map((row) => pointOf(row, callOf(row))),
		},
		{
			name: "agent_live_graph.agents.live",
			description: "Agents that run.",
			unit: "{agent}",
			kind: "gauge",
			points: sums.live.map((row) => {
				const attributes = {
					"gen_ai.agent.name": word(row.subject),
					"agent_live_graph.client": word(row.client),
				};
				return pointOf(row, attributes);
			}),
		},
	];
	return all.filter(({ points }) => points.length > 0);
}

type Subject = Pick<SumRow, "client" | "subject" | "kind">;

function callOf({ client, subject, kind }: Subject): Attributes {
	return {
		"gen_ai.operation.name": "execute_tool",
		"gen_ai.tool.name": word(subject) ?? OTHER,
		"error.type": kind === null ? null : (word(kind) ?? OTHER),
		"agent_live_graph.client": word(client),
	};
}

function messageOf({ client, subject }: Subject): Attributes {
	const model = word(subject) ?? OTHER;
	return {
		"gen_ai.operation.name": "chat",
		"gen_ai.provider.name": providerOf(model),
		"gen_ai.response.model": model,
		"agent_live_graph.client": word(client),
	};
}

function pointOf(row: SumRow, attributes: Attributes): MetricPoint<number> {
	return { attributes, value: row.sum };
}

/** Rows whose attributes are the same are of one histogram, also where their names are left out. */
function histograms(
	rows: readonly BucketRow[],
	attributesOf: (row: BucketRow) => Attributes,
): MetricPoint<ExponentialHistogram>[] {
	const groups = new Map<string, { attributes: Attributes; rows: BucketRow[] }>();
	for (const row of rows) {
		const attributes = attributesOf(row);
		const key = JSON.stringify(attributes);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { attributes, rows: [row] });
		else group.rows.push(row);
	}
	return [...groups.values()].map((group) => {
		return { attributes: group.attributes, value: exponentialHistogram(group.rows) };
	});
}
