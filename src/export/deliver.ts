import { gzipSync } from "node:zlib";
import type { Target } from "./target.ts";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** As the OTLP specification has them: what is answered with these may be sent again. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Of the request itself: it would be refused again. */
const REFUSED: ReadonlySet<number> = new Set([400, 413, 422]);

export interface Courier {
	/** Waits, and rejects when the export is to end. */
	readonly wait: (ms: number) => Promise<void>;
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly signal: AbortSignal;
	/** How often a request is sent at most. */
	readonly attempts: number;
	/** Told before each wait. */
	readonly onTrouble: (text: string) => void;
}

/** What became of a request: how many of its spans the receiver did not take. */
interface Delivery {
	readonly rejected: number;
}

/** The receiver cannot be had, or does not want this sender. */
export class DeliveryError extends Error {}

/**
 * Sends one request until it is acknowledged.
 *
 * @param spans how many are in it
 * @throws DeliveryError when that cannot be
 */
export async function deliver(
	body: string,
	spans: number,
	target: Target,
	courier: Courier,
): Promise<Delivery> {
	const bytes = target.isCompressed ? gzipSync(body) : Buffer.from(body);
	for (let attempt = 1; ; attempt++) {
		const answer = await ask(bytes, target, courier.signal);
		courier.signal.throwIfAborted();
		if (answer.status === 200) return { rejected: answer.rejected };
		if (REFUSED.has(answer.status)) return { rejected: spans };
		const { why, status, retryAfterMs } = answer;
		if (status !== 0 && !RETRYABLE.has(status)) throw new DeliveryError(`${target.url} ${why}`);
		if (attempt >= courier.attempts)
			throw new DeliveryError(`${target.url} ${why}, ${attempt} times`);
		courier.onTrouble(`${target.url} ${why}; trying again`);
		await courier.wait(retryAfterMs ?? backoff(attempt, courier.random()));
	}
}

interface Answer {
	/** 0 where there was none, or not all of one. */
	readonly status: number;
	readonly why: string;
	readonly rejected: number;
	readonly retryAfterMs: number | null;
}

async function ask(bytes: Uint8Array, target: Target, signal: AbortSignal): Promise<Answer> {
	try {
		const response = await fetch(target.url, {
			method: "POST",
			headers: {
				...target.headers,
				"content-type": "application/json",
				...(target.isCompressed ? { "content-encoding": "gzip" } : {}),
			},
			body: new Uint8Array(bytes),
			// Headers may hold a secret that is meant for this address alone.
			redirect: "manual",
			signal: AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]),
		});
		const text = await response.text();
		return {
			status: response.ok ? 200 : response.status,
			why: `answers ${response.status}`,
			rejected: response.ok ? rejectedIn(text) : 0,
			retryAfterMs: retryAfter(response.headers.get("retry-after")),
		};
	} catch {
		return { status: 0, why: "does not answer", rejected: 0, retryAfterMs: null };
	}
}

/** Of a partial success; what is no JSON says nothing. */
function rejectedIn(text: string): number {
	try {
		const count = Number(JSON.parse(text).partialSuccess?.rejectedSpans ?? 0);
		return Number.isSafeInteger(count) && count > 0 ? count : 0;
	} catch {
		return 0;
	}
}

/** Seconds or a date; ms. */
function retryAfter(value: string | null): number | null {
	if (value === null) return null;
	const ms = /^\d{1,6}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
	return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), 10 * LONGEST_WAIT_MS);
}

/** Twice as long each time, and by chance half of that or half more. */
function backoff(attempt: number, random: number): number {
	return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS) * (0.5 + random);
}
