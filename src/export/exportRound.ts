import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import type { ExportRows, ExportSession } from "../telemetry/queries/exportRows.ts";
import { exportRows, exportSessions, isDerived } from "../telemetry/queries/exportRows.ts";
import type { TelemetryStore } from "../telemetry/storage/store.ts";
import type { ExportFigures } from "../telemetry/worker/exporter.ts";
import { encodeSpans, type OwnedSpan, rejectedSpans } from "./encoding/encodeSpans.ts";
import type { ExportOptions } from "./exportOptions.ts";
import { sessionSpans } from "./records/sessionSpans.ts";
import { type Attributes, hexId, type SpanRecord } from "./records/spanRecord.ts";
import { deliver } from "./sending/deliver.ts";
import type { SentSession } from "./sending/exportState.ts";

/** What a request may have at most, with room for its resources, before it is compressed. */
export const MAX_BATCH_BYTES = 900_000;
/** About what a span has more as OTLP's JSON than as ours, for each attribute. */
const BYTES_PER_ATTRIBUTE = 32;
/** Rows whose sessions are read in one go. */
const ROWS_IN_HAND = 20_000;
/** More of what is this young may be read yet, ms. */
const SETTLE_MS = 30_000;

/** What was sent but for metrics. */
type SentSpans = Omit<ExportFigures, "rejectedPoints">;

/**
 * Sends what is over and was not sent, session by session. What was sent is noted only after it was
 * acknowledged, so each span arrives at least once.
 *
 * @param storeOf asked anew for each part, as another database may take the place of one
 * @param now ms since the epoch
 * @throws DeliveryError when the receiver cannot be had; what was acknowledged is noted
 */
export async function exportRound(
	storeOf: () => TelemetryStore,
	options: ExportOptions,
	now: number,
): Promise<SentSpans> {
	const batch = new Batch(options);
	// What is derived later changes what was sent, and no count that tells so.
	const isFinal = isDerived(storeOf());
	const changed = exportSessions(storeOf(), options.since).filter(
		({ id, version }) => options.state.sent(id)?.version !== version,
	);
	for (const sessions of inHands(changed)) {
		const rows = exportRows(
			storeOf(),
			sessions.map(({ id }) => id),
		);
		for (const session of sessions) {
			const known = options.state.sent(session.id);
			const { spans, sent } = newsOf(session, rows.get(session.id) as ExportRows, known, now);
			for (const span of spans) await batch.add(span, session.cwd);
			batch.finish(session.id, isFinal ? sent : { ...sent, version: "" });
		}
	}
	await batch.send();
	return batch.figures;
}

/** Some at a time: a session of its own where it has many rows. */
function* inHands(sessions: readonly ExportSession[]): Generator<ExportSession[]> {
	let hand: ExportSession[] = [];
	let rows = 0;
	for (const session of sessions) {
		if (hand.length > 0 && rows + session.rows > ROWS_IN_HAND) {
			yield hand;
			[hand, rows] = [[], 0];
		}
		hand.push(session);
		rows += session.rows;
	}
	if (hand.length > 0) yield hand;
}

interface Printed {
	readonly record: SpanRecord;
	readonly text: string;
}

/** What is to be sent of a session, and what is known to have been sent afterwards. */
function newsOf(
	session: ExportSession,
	rows: ExportRows,
	known: SentSession | null,
	now: number,
): { readonly spans: readonly Printed[]; readonly sent: SentSession } {
	const until = now - SETTLE_MS;
	const all = sessionSpans(session, rows);
	const ready = all
		.filter(({ readyMs }) => readyMs <= until)
		.map((record) => ({ record, text: JSON.stringify(record) }));
	const isAsKnown =
		known !== null &&
		printOf(ready.filter(({ record }) => record.readyMs <= known.until)) === known.print;
	const spans = isAsKnown ? ready.filter(({ record }) => record.readyMs > known.until) : ready;
	// One that runs has no span yet, and changes the version when it ends.
	const isWhole = ready.length === all.length;
	return {
		spans,
		sent: { version: isWhole ? session.version : "", until, print: printOf(ready) },
	};
}

/** Of all but the roots, of which the last lasts longer each time that its session is resumed. */
function printOf(spans: readonly Printed[]): string {
	const hash = createHash("sha256");
	for (const { record, text } of spans) if (record.parentSpanId !== "") hash.update(text);
	return hash.digest("hex").slice(0, 32);
}

/** Spans that go in one request, and the sessions that are sent with them. */
class Batch {
	readonly #options: ExportOptions;
	readonly #resources = new Map<string | null, Attributes>();
	#spans: OwnedSpan[] = [];
	#bytes = 0;
	readonly #finished = new Map<string, SentSession>();
	#figures: SentSpans = { spans: 0, requests: 0, rejected: 0, isWhole: true };

	constructor(options: ExportOptions) {
		this.#options = options;
	}

	get figures(): SentSpans {
		return this.#figures;
	}

	async add({ record, text }: Printed, cwd: string | null): Promise<void> {
		const attributes = Object.keys(record.attributes).length + record.events.length;
		const bytes = Buffer.byteLength(text) + attributes * BYTES_PER_ATTRIBUTE;
		if (this.#bytes + bytes > MAX_BATCH_BYTES) await this.send();
		this.#spans.push({ record, resource: this.#resourceOf(cwd) });
		this.#bytes += bytes;
	}

	/** The last span of a session was added. */
	finish(session: string, sent: SentSession): void {
		this.#finished.set(session, sent);
		if (sent.version === "") this.#figures = { ...this.#figures, isWhole: false };
	}

	async send(): Promise<void> {
		const { target, state, courier, version } = this.#options;
		if (this.#spans.length > 0) {
			const scope = { name: "agent-live-graph", version };
			const count = this.#spans.length;
			const parcel = {
				body: encodeSpans(this.#spans, scope, target.protocol),
				count,
				address: target.traces,
				rejectedIn: (answer: Uint8Array) => rejectedSpans(answer, target.protocol),
			};
			const rejected = await deliver(parcel, target, courier);
			const { spans, requests, rejected: before } = this.#figures;
			this.#figures = {
				...this.#figures,
				spans: spans + count,
				requests: requests + 1,
				rejected: before + rejected,
			};
		}
		if (this.#finished.size > 0) state.acknowledge(this.#finished);
		this.#finished.clear();
		this.#spans = [];
		this.#bytes = 0;
	}

	#resourceOf(cwd: string | null): Attributes {
		const { repositories, tellsRepositories } = this.#options;
		const url = cwd === null ? null : repositories.of(cwd);
		let resource = this.#resources.get(url);
		if (resource === undefined) {
			resource = {
				...commonResource(this.#options),
				"agent_live_graph.repository": url === null ? null : hexId("repository", url, 16),
				"vcs.repository.url.full": tellsRepositories ? url : null,
			};
			this.#resources.set(url, resource);
		}
		return resource;
	}
}

/** What is the same for all that one process sends. */
export function commonResource({ target, state, version, tellsUser }: ExportOptions): Attributes {
	return {
		...target.resource,
		"service.version": version,
		"host.id": state.hostId,
		"user.name": tellsUser ? userInfo().username : null,
	};
}
