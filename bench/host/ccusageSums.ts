// What the peer says of the transcripts of a home.
import { execFileSync } from "node:child_process";
import { ccusageProgram } from "./ccusage.ts";

export interface Sum {
	/** Input, output, read from the cache, written into it. */
	readonly tokens: readonly number[];
	/** null where none has a price */
	readonly usd: number | null;
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

/** By day of a clock and model: `2026-11-27 claude-opus-4-6`. */
export function theirsOf(home: string, zone: string): Map<string, Sum> {
	const text = runOf([ccusageProgram, "daily", "--json", "--offline", "--timezone", zone], home);
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

interface PeerWindow {
	readonly isGap: boolean;
	readonly endTime: string;
	readonly costUSD: number;
	readonly tokenCounts: Readonly<Record<string, number>>;
}

/** By when a window of five hours ends, in ISO 8601. */
export function theirWindows(home: string): Map<string, Sum> {
	const text = runOf([ccusageProgram, "blocks", "--json", "--offline"], home);
	const { blocks } = JSON.parse(text) as { blocks: readonly PeerWindow[] };
	return new Map(
		blocks
			.filter(({ isGap }) => !isGap)
			.map(({ endTime, costUSD, tokenCounts }) => {
				const tokens = Object.values(tokenCounts).reduce((a, b) => a + b, 0);
				return [new Date(endTime).toISOString(), { tokens: [tokens], usd: costUSD }];
			}),
	);
}

/** Runs a program on Node, with a home of its own, by the clock that this process has. */
export function runOf(args: readonly string[], home: string): string {
	return execFileSync(process.execPath, args, {
		env: { HOME: home, PATH: process.env.PATH ?? "", TZ: process.env.TZ ?? "" },
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
		maxBuffer: 2 ** 28,
	});
}
