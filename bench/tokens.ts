// Tokens and cost by day and model, and by windows of five hours, beside a peer that adds up the same files:
// every difference is named.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { setUpOrExit } from "../scripts/setup/everything.ts";
import { npmToolStep } from "../scripts/setup/npmTool.ts";
import { periodAround } from "../src/insights/period.ts";
import type { NamedUsage } from "../src/insights/usageFigures.ts";
import { InsightsReader } from "../src/telemetry/insights/insightsReader.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { sqlJs } from "../test/support/telemetry/telemetry.ts";
import { ccusage } from "./host/ccusage.ts";
import { runOf, type Sum, theirsOf, theirWindows } from "./host/ccusageSums.ts";
import { type Kind, writePriced } from "./host/pricedTranscripts.ts";

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

/** Clocks that are half an hour off, far from UTC, and set back within the days that are compared. */
const ZONES = ["Asia/Kolkata", "Pacific/Auckland", "America/New_York"];
const SUMMER_ENDS = Date.parse("2026-11-08T12:00:00Z");

/** Gives back a Markdown table: made histories, and of those that the tests have all and what differs. */
export async function run(): Promise<string> {
	await setUpOrExit([npmToolStep(ccusage)]);
	const made: Compared[] = [];
	for (const [name, kind] of Object.entries(KINDS)) {
		made.push(await compared(name, (projects) => writePriced(projects, kind, NOW)));
	}
	for (const zone of ZONES) {
		const write = (projects: string) => writePriced(projects, {}, SUMMER_ENDS);
		made.push(await compared(`plain messages, by days of ${zone}`, write, zone));
	}
	made.push(await comparedWindows());
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
		`Tokens and cost by day and model, UTC where nothing else is said, ours beside ${ccusage.spec} --offline`,
		"",
		"| history | days × models | equal tokens | equal cost | tokens, ours / theirs | cost, ours / theirs |",
		"| --- | ---: | ---: | ---: | ---: | ---: |",
		...[...made, fixtures.reduce(together, { ...NOTHING, name: all }), ...differing].map(rowOf),
	].join("\n");
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

/** @param zone whose days are compared */
async function compared(
	name: string,
	make: (projects: string) => void,
	zone = "UTC",
): Promise<Compared> {
	// Days are those of the same clock for both.
	process.env.TZ = zone;
	return withHistory(make, (store, home) =>
		comparedKeys(name, oursOf(store), theirsOf(home, zone)),
	);
}

/** Each window that either knows, as it is at its end. */
function comparedWindows(): Promise<Compared> {
	process.env.TZ = "UTC";
	// The peer counts a message of the very moment in which a window ends as one of it.
	const make = (projects: string) => writePriced(projects, {}, NOW + 1);
	return withHistory(make, (store, home) => {
		const theirs = theirWindows(home);
		return comparedKeys("windows of five hours", ourWindows(store, theirs.keys()), theirs);
	});
}

type Sums = ReadonlyMap<string, Sum>;

async function comparedKeys(name: string, pending: Promise<Sums>, theirs: Sums): Promise<Compared> {
	const ours = await pending;
	const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
	return keys
		.map((key) => comparedDay(name, ours.get(key), theirs.get(key)))
		.reduce(together, { ...NOTHING, name });
}

async function withHistory(
	make: (projects: string) => void,
	act: (store: TelemetryStore, home: string) => Promise<Compared>,
): Promise<Compared> {
	const home = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const projects = path.join(home, ".claude", "projects");
		mkdirSync(projects, { recursive: true });
		make(projects);
		const database = path.join(home, "telemetry.db");
		const cli = [inProject("dist/cli.js"), "ingest", "--transcripts", projects, "--db", database];
		runOf(cli, home);
		const store = new TelemetryStore(await sqlJs(), readFileSync(database));
		const compared = await act(store, home);
		store.close();
		return compared;
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
async function oursOf(store: TelemetryStore): Promise<Map<string, Sum>> {
	const reader = new InsightsReader(
		() => store,
		() => NOW,
	);
	const [first = 0, last = -1] = (store.first("SELECT min(ts), max(ts) FROM messages") ?? []).map(
		Number,
	);
	const sums = new Map<string, Sum>();
	let period = periodAround("day", first);
	for (; period.from <= last; period = periodAround("day", period.until)) {
		const { usage } = await reader.insights({ ...period, grain: "day", filter: {} });
		for (const model of usage.models) {
			const key = `${new Date(period.from).toLocaleDateString("sv-SE")} ${model.name}`;
			sums.set(key, { tokens: tokensOf(model), usd: model.costUsd });
		}
	}
	reader.dispose();
	return sums;
}

/** By when it ends: what is spent by then of a budget of five hours. */
async function ourWindows(
	store: TelemetryStore,
	ends: Iterable<string>,
): Promise<Map<string, Sum>> {
	const sums = new Map<string, Sum>();
	for (const end of ends) {
		const reader = new InsightsReader(
			() => store,
			() => Date.parse(end) - 1,
		);
		const [usd, tokens] = await reader.budgets([
			{ per: "fiveHours", of: "usd", limit: 1 },
			{ per: "fiveHours", of: "tokens", limit: 1 },
		]);
		const until = usd?.period?.until;
		if (usd !== undefined && tokens !== undefined && until !== undefined) {
			sums.set(new Date(until).toISOString(), { tokens: [tokens.spent], usd: usd.spent });
		}
		reader.dispose();
	}
	return sums;
}

function tokensOf({ tokensIn, tokensOut, cacheRead, cacheWrite }: NamedUsage): number[] {
	return [tokensIn, tokensOut, cacheRead, cacheWrite];
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

if (process.argv[1] === import.meta.filename) console.log(await run());
