import type { UsageEvent } from "../../model/events/events.ts";

/** US dollars for a million tokens; the price list itself belongs to threads that read transcripts. */
const PRICES: Readonly<Record<string, Prices>> = {
	"claude-opus-5-5": { tokensIn: 4, tokensOut: 20, cacheRead: 0.2, cacheWrite: 5 },
	"claude-sonnet-5": { tokensIn: 2, tokensOut: 10, cacheRead: 0.2, cacheWrite: 2.5 },
	"claude-haiku-4-5": { tokensIn: 1, tokensOut: 5, cacheRead: 0.1, cacheWrite: 1.25 },
};

interface Prices {
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
}

interface DemoAnswer {
	readonly session: string;
	readonly agent?: string;
	readonly model: string;
	readonly id: string;
	/** How many answers its agent had before, each of which it now reads from the cache. */
	readonly index: number;
}

/** What an answer of the model took: the longer its agent has worked, the more it reads again. */
export function demoUsage({ session, agent = "", model, id, index }: DemoAnswer): DemoUsage {
	const tokens = {
		tokensIn: 4,
		tokensOut: 160 + ((index * 83) % 240),
		cacheRead: 11_000 + 1700 * index,
		cacheWrite5m: 1500 + ((index * 127) % 900),
	};
	return {
		event: "usage",
		origin: "transcript",
		client: "claude-code",
		v: 2,
		session,
		agent,
		cwd: "",
		note: null,
		message: `msg_${id}`,
		model,
		...tokens,
		cacheWrite1h: 0,
		costUsd: costOf(model, tokens),
		isAside: false,
	};
}

export type DemoUsage = Omit<UsageEvent, "ts">;

function costOf(model: string, tokens: Tokens): number | null {
	const prices = PRICES[model];
	if (prices === undefined) return null;
	const { tokensIn, tokensOut, cacheRead, cacheWrite5m } = tokens;
	const fresh = tokensIn * prices.tokensIn + tokensOut * prices.tokensOut;
	return (fresh + cacheRead * prices.cacheRead + cacheWrite5m * prices.cacheWrite) / 1e6;
}

type Tokens = Pick<UsageEvent, "tokensIn" | "tokensOut" | "cacheRead" | "cacheWrite5m">;
