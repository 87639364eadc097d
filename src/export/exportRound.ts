import { createHash } from "node:crypto";
import { type ExportSession, exportRows, exportSessions } from "../telemetry/queries/exportRows.ts";
import type { TelemetryStore } from "../telemetry/storage/store.ts";
import { type Courier, deliver } from "./deliver.ts";
import type { ExportState, SentSession } from "./exportState.ts";
import { sessionSpans } from "./sessionSpans.ts";
import { encodeRequest, encodeSpan, type OtlpSpan } from "./span.ts";
import type { Target } from "./target.ts";

/** Below the 1 MiB that a request may have, with room for its resource. */
const MAX_BATCH_BYTES = 900_000;
/** More of what is this young may be read yet, ms. */
const SETTLE_MS = 30_000;

interface ExportOptions {
	readonly target: Target;
	readonly state: ExportState;
	readonly courier: Courier;
	readonly version: string;
	/** ms since the epoch; sessions that were heard of last before it are not sent */
	readonly since: number;
	/** ms since the epoch */
	readonly now: number;
}

export interface ExportSums {
	readonly spans: number;
	readonly requests: number;
	/** Spans that the receiver did not take. */
	readonly rejected: number;
}

/**
 * Sends what is over and was not sent, session by session. What was sent is noted only after it was
 * acknowledged, so each span arrives at least once.
 *
 * @throws DeliveryError when the receiver cannot be had; what was acknowledged is noted
 */
export async function exportRound(
	store: TelemetryStore,
	options: ExportOptions,
): Promise<ExportSums> {
	const batch = new Batch(options);
	for (const session of exportSessions(store, options.since)) {
		const known = options.state.sent(session.id);
		if (known !== null && known.version === session.version) continue;
		const { spans, sent } = newsOf(store, session, known, options.now);
		for (const span of spans) await batch.add(span);
		batch.finish(session.id, sent);
	}
	await batch.send();
	return batch.sums;
}

/** What is to be sent of a session, and what is known to have been sent afterwards. */
function newsOf(
	store: TelemetryStore,
	session: ExportSession,
	known: SentSession | null,
	now: number,
): { readonly spans: readonly string[]; readonly sent: SentSession } {
	const until = now - SETTLE_MS;
	const all = sessionSpans(session, exportRows(store, session.id));
	const ready = all.filter(({ readyMs }) => readyMs <= until).map(encoded);
	const isAsKnown =
		known !== null &&
		printOf(ready.filter(({ readyMs }) => readyMs <= known.until)) === known.print;
	const news = isAsKnown ? ready.filter(({ readyMs }) => readyMs > known.until) : ready;
	return {
		spans: news.map(({ text }) => text),
		sent: {
			version: ready.length === all.length ? session.version : "",
			until,
			print: printOf(ready),
		},
	};
}

interface Encoded {
	readonly readyMs: number;
	readonly isRoot: boolean;
	readonly text: string;
}

function encoded(span: OtlpSpan): Encoded {
	return { readyMs: span.readyMs, isRoot: span.parentSpanId === "", text: encodeSpan(span) };
}

/** Of all but the root, which lasts longer each time that its session is resumed. */
function printOf(spans: readonly Encoded[]): string {
	const hash = createHash("sha256");
	for (const { text, isRoot } of spans) if (!isRoot) hash.update(text);
	return hash.digest("hex").slice(0, 32);
}

/** Spans that go in one request, and the sessions that are sent with them. */
class Batch {
	readonly #options: ExportOptions;
	#spans: string[] = [];
	#bytes = 0;
	readonly #finished = new Map<string, SentSession>();
	#sums: ExportSums = { spans: 0, requests: 0, rejected: 0 };

	constructor(options: ExportOptions) {
		this.#options = options;
	}

	get sums(): ExportSums {
		return this.#sums;
	}

	async add(span: string): Promise<void> {
		const bytes = Buffer.byteLength(span) + 1;
		if (this.#bytes + bytes > MAX_BATCH_BYTES) await this.send();
		this.#spans.push(span);
		this.#bytes += bytes;
	}

	/** The last span of a session was added. */
	finish(session: string, sent: SentSession): void {
		this.#finished.set(session, sent);
	}

	async send(): Promise<void> {
		const { target, state, courier, version } = this.#options;
		if (this.#spans.length > 0) {
			const resource = {
				...target.resource,
				"service.version": version,
				"host.id": state.hostId,
			};
			const body = encodeRequest(this.#spans, resource, { name: "agent-live-graph", version });
			const { rejected } = await deliver(body, this.#spans.length, target, courier);
			this.#sums = {
				spans: this.#sums.spans + this.#spans.length,
				requests: this.#sums.requests + 1,
				rejected: this.#sums.rejected + rejected,
			};
		}
		if (this.#finished.size > 0) state.acknowledge(this.#finished);
		this.#finished.clear();
		this.#spans = [];
		this.#bytes = 0;
	}
}
