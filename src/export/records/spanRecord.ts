import { createHash } from "node:crypto";

/** What is sent of one span, before it is encoded. Times are ms since the epoch. */
export interface SpanRecord {
	/** 32 digits of hex */
	readonly traceId: string;
	/** 16 digits of hex */
	readonly spanId: string;
	/** Empty for a root. */
	readonly parentSpanId: string;
	readonly name: string;
	/** Whether another process is asked, such as that of a model. */
	readonly isClient: boolean;
	readonly startMs: number;
	readonly endMs: number;
	/** What is null is left out. */
	readonly attributes: Attributes;
	readonly events: readonly SpanEvent[];
	readonly isError: boolean;
	/** From when on it is as it will be: an end that nobody told of is none before some time has gone by. */
	readonly readyMs: number;
}

export interface SpanEvent {
	readonly name: string;
	/** ms since the epoch */
	readonly atMs: number;
	readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** The same for the same thing, so that a span that is sent again is the same span. */
export function hexId(kind: string, id: string, digits: 16 | 32): string {
	return createHash("sha256").update(`${kind}:${id}`).digest("hex").slice(0, digits);
}
