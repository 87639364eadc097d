import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Courier } from "../../telemetry/worker/exporter.ts";
import type { Address, Target } from "./target.ts";

const compress = promisify(gzip);

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** As the OTLP specification has them: what is answered with these may be sent again. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Of the request itself: it would be refused again. */
const REFUSED: ReadonlySet<number> = new Set([400, 413, 422]);

/** One request: spans or points of metrics, already encoded. */
interface Parcel {
	readonly body: Uint8Array;
	/** How many are in it. */
	readonly count: number;
	readonly address: Address;
	/** How many of them an answer says were not taken. */
	readonly rejectedIn: (answer: Uint8Array) => number;
}

/** The receiver cannot be had, or does not want this sender. */
export class DeliveryError extends Error {
	readonly code = "ERR_EXPORT_DELIVERY";
}

/**
 * Sends one request until it is acknowledged.
 *
 * @returns how much of it the receiver did not take
 * @throws DeliveryError when that cannot be
 */
export async function deliver(parcel: Parcel, target: Target, courier: Courier): Promise<number> {
	const { body, count, address } = parcel;
	const bytes = target.isCompressed ? await compress(body) : body;
	for (let attempt = 1; ; attempt++) {
		const answer = await ask(bytes, parcel, target, courier.signal);
		courier.signal.throwIfAborted();
		if (answer.status === 200) return answer.rejected;
		if (REFUSED.has(answer.status)) return count;
		const { why, status, retryAfterMs } = answer;
		if (status !== 0 && !RETRYABLE.has(status)) throw new DeliveryError(`${address.url} ${why}`);
		if (attempt >= courier.attempts)
			throw new DeliveryError(`${address.url} ${why}, ${attempt} times`);
		courier.onTrouble(`${address.url} ${why}; trying again`);
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

async function ask(
	bytes: Uint8Array,
	{ address, rejectedIn }: Parcel,
	{ protocol, isCompressed, timeoutMs }: Target,
	signal: AbortSignal,
): Promise<Answer> {
	try {
		const response = await fetch(address.url, {
			method: "POST",
			headers: {
				...address.headers,
				"content-type": protocol === "http/json" ? "application/json" : "application/x-protobuf",
				...(isCompressed ? { "content-encoding": "gzip" } : {}),
			},
			body: new Uint8Array(bytes),
			// Headers may hold a secret that is meant for this address alone.
			redirect: "manual",
			signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
		});
		const answer = new Uint8Array(await response.arrayBuffer());
		return {
			status: response.ok ? 200 : response.status,
			why: `answers ${response.status}`,
			rejected: response.ok ? rejectedIn(answer) : 0,
			retryAfterMs: retryAfter(response.headers.get("retry-after")),
		};
	} catch {
		return { status: 0, why: "does not answer", rejected: 0, retryAfterMs: null };
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
