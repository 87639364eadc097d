// Tokens and cost by day and model, beside a peer that adds up the same files: every difference is named.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { setUpOrExit } from "../scripts/setup/everything.ts";
import { npmToolStep } from "../scripts/setup/npmTool.ts";
import type { NamedUsage } from "../src/insights/usageFigures.ts";
import { InsightsReader } from "../src/telemetry/insights/insightsReader.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { sqlJs } from "../test/support/telemetry/telemetry.ts";
import { ccusage, ccusageProgram } from "./host/ccusage.ts";
import { type Kind, writePriced } from "./host/pricedTranscripts.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-27T12:00:00Z");

const KINDS: Readonly<Record<string, Kind>> = {
	"plain messages": {},
	"a message on four lines, as it is written": { linesEach: 4 },
	"everything in two files": { isCopied: true },
	"agents in files of their own": { hasAgents: true },
	"cache writes kept for an hour": {
		usage: (random, { cache_creation_input_tokens: written }) => {
			const hour = Math.floor(random() * Number(written));
			return {
				cache_creation: {
					ephemeral_1h_input_tokens: hour,
					ephemeral_5m_input_tokens: Number(written) - hour,
				},
			};
		},
	},
	"more than 200,000 tokens of input": {
		models: ["claude-sonnet-4-5-20250929"],
		usage: () => ({ cache_read_input_tokens: 250_000 }),
	},
	"fast mode": { models: ["claude-opus-4-6"], usage: () => ({ speed: "fast" }) },
	"web searches": { usage: () => ({ server_tool_use: { web_search_requests: 2 } }) },
	"answers from the US": {
		models: ["claude-opus-4-6"],
		usage: () => ({ inference_geo: "us" }),
	},
	"an advisor's words within a message": {
		usage: () => ({
			iterations: [
				{ type: "advisor_message", model: "claude-opus-4-6", input_tokens: 500, output_tokens: 90 },
			],
		}),
	},
};

/** Gives back a Markdown table: made histories, and of those that the tests have all and what differs. */
export async function run(): Promise<string> {
	await setUpOrExit([npmToolStep(ccusage)]);
	// Days are those of the same clock for both.
	process.env.TZ = "UTC";
	const made: Compared[] = [];
	for (const [name, kind] of Object.entries(KINDS)) {
		made.push(await compared(name, (projects) => writePriced(projects, kind, NOW)));
	}
	const fixtures: Compared[] = [];
	for (const folder of FIXTURES) {
		const name = folder.split(path.sep).slice(2, -1).join("/");
		fixtures.push(await compared(name, (projects) => copyFixture(folder, projects)));
	}
	const differing = fixtures.filter(({ days, sameTokens, sameCost }) =>
		[sameTokens, sameCost].some((same) => same < days),
	);
	const all = `${fixtures.length} histories of the tests, recorded and made`;
	return [
		`Tokens and cost by UTC day and model, ours beside ${ccusage.spec} --offline`,
		"",
		"| history | days × models | equal tokens | equal cost | tokens, ours / theirs | cost, ours / theirs |",
		"| --- | ---: | ---: | ---: | ---: | ---: |",
		...[...made, fixtures.reduce(together, { ...NOTHING, name: all }), ...differing].map(rowOf),
	].join("\n");
}

interface Sum {
	/** Input, output, read from the cache, written into it. */
	readonly tokens: readonly number[];
	/** null where none has a price */
	readonly usd: number | null;
}

interface Compared {
	readonly name: string;
	/** Days times models that either tells of. */
	readonly days: number;
	readonly sameTokens: number;
	readonly sameCost: number;
	/** Ours and theirs. */
	readonly tokens: readonly [number, number];
	readonly usd: readonly [number, number];
}

const NOTHING = { days: 0, sameTokens: 0, sameCost: 0, tokens: [0, 0], usd: [0, 0] } as const;

function together(a: Compared, b: Compared): Compared {
	return {
		name: a.name,
		days: a.days + b.days,
		sameTokens: a.sameTokens + b.sameTokens,
		sameCost: a.sameCost + b.sameCost,
		tokens: [a.tokens[0] + b.tokens[0], a.tokens[1] + b.tokens[1]],
		usd: [a.usd[0] + b.usd[0], a.usd[1] + b.usd[1]],
	};
}

function rowOf({ name, days, sameTokens, sameCost, tokens, usd }: Compared): string {
	const counts = tokens.map((count) => count.toLocaleString("en-US")).join(" / ");
	const costs = usd.map((cost) => `$${cost.toFixed(4)}`).join(" / ");
	return `| ${[name, days, sameTokens, sameCost, counts, costs].join(" | ")} |`;
}

async function compared(name: string, make: (projects: string) => void): Promise<Compared> {
	const home = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const projects = path.join(home, ".claude", "projects");
		mkdirSync(projects, { recursive: true });
		make(projects);
		const [ours, theirs] = [await oursOf(home, projects), theirsOf(home)];
		const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
		return keys
			.map((key) => comparedDay(name, ours.get(key), theirs.get(key)))
			.reduce(together, { ...NOTHING, name });
	} finally {
		rmSync(home, { recursive: true });
	}
}

function comparedDay(name: string, one: Sum | undefined, other: Sum | undefined): Compared {
	const all = (sum: Sum | undefined) => (sum?.tokens ?? []).reduce((a, b) => a + b, 0);
	const usd = [one?.usd ?? 0, other?.usd ?? 0] as const;
	return {
		name,
		days: 1,
		sameTokens: Number(String(one?.tokens) === String(other?.tokens)),
		sameCost: Number(Math.abs(usd[0] - usd[1]) < 1e-6),
		tokens: [all(one), all(other)],
		usd,
	};
}

/** The page's own figures, day by day. */
async function oursOf(home: string, projects: string): Promise<Map<string, Sum>> {
	const database = path.join(home, "telemetry.db");
	const cli = [inProject("dist/cli.js"), "ingest", "--transcripts", projects, "--db", database];
	runOf(cli, home);
	const store = new TelemetryStore(await sqlJs(), readFileSync(database));
	const reader = new InsightsReader(
		() => store,
		() => NOW,
	);
	const [first = 0, last = -1] = (store.first("SELECT min(ts), max(ts) FROM messages") ?? []).map(
		(ts) => Math.floor(Number(ts) / DAY_MS),
	);
	const sums = new Map<string, Sum>();
	for (let day = first; day <= last; day++) {
		const period = { from: day * DAY_MS, until: (day + 1) * DAY_MS };
		const { usage } = await reader.insights({ ...period, grain: "day", filter: {} });
		for (const model of usage.models) {
			const key = `${new Date(period.from).toISOString().slice(0, 10)} ${model.name}`;
			sums.set(key, { tokens: tokensOf(model), usd: model.costUsd });
		}
	}
	reader.dispose();
	store.close();
	return sums;
}

function tokensOf({ tokensIn, tokensOut, cacheRead, cacheWrite }: NamedUsage): number[] {
	return [tokensIn, tokensOut, cacheRead, cacheWrite];
}

interface PeerDay {
	readonly period: string;
	readonly modelBreakdowns: readonly {
		readonly modelName: string;
		readonly cost: number;
		readonly inputTokens: number;
		readonly outputTokens: number;
		readonly cacheReadTokens: number;
		readonly cacheCreationTokens: number;
	}[];
}

function theirsOf(home: string): Map<string, Sum> {
	const text = runOf([ccusageProgram, "daily", "--json", "--offline", "--timezone", "UTC"], home);
	const { daily } = JSON.parse(text) as { daily: readonly PeerDay[] };
	return new Map(
		daily.flatMap(({ period, modelBreakdowns }) =>
			modelBreakdowns.map((each) => [
				// They tell fast mode by the name.
				`${period} ${each.modelName.replace(/-fast$/, "")}`,
				{
					tokens: [
						...[each.inputTokens, each.outputTokens],
						...[each.cacheReadTokens, each.cacheCreationTokens],
					],
					usd: each.cost,
				},
			]),
		),
	);
}

/** Histories of Claude Code that the tests have, recorded ones and made ones, each on its own. */
const FIXTURES = globSync("test/fixtures/{cases,runs,captures}/*/{projects,transcripts}", {
	cwd: inProject(),
}).sort();

/**
 * As the client writes lines: without white space, which the peer does not read. What a scripted model
 * leaves out is put in: the id of each request, and cache writes by how long they are kept.
 */
function copyFixture(folder: string, projects: string): void {
	for (const file of globSync("**/*.jsonl", { cwd: inProject(folder) })) {
		const text = readFileSync(inProject(folder, file), "utf8");
		const copy = path.join(projects, file);
		mkdirSync(path.dirname(copy), { recursive: true });
		writeFileSync(copy, text.split("\n").map(asWritten).join("\n"));
	}
}

function asWritten(line: string): string {
	try {
		const record = JSON.parse(line);
		const { id, usage } = record.message ?? {};
		if (usage?.cache_creation_input_tokens > 0) {
			const written = usage.cache_creation_input_tokens;
			usage.cache_creation = { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 };
		}
		return JSON.stringify(id === undefined ? record : { requestId: `req_${id}`, ...record });
	} catch {
		return line;
	}
}

function runOf(args: readonly string[], home: string): string {
	return execFileSync(process.execPath, args, {
		env: { HOME: home, PATH: process.env.PATH ?? "", TZ: "UTC" },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
		maxBuffer: 2 ** 28,
	});
}

if (process.argv[1] === import.meta.filename) console.log(await run());
