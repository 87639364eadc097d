import type { AgentEvent } from "../../model/events/events.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";

/** An object as it was parsed; nothing of it can be relied on. */
export type Raw = Readonly<Record<string, unknown>>;

/** What every event of one line has in common. */
export interface Head {
	readonly origin: "transcript";
	readonly client: string;
	readonly v: 2;
	readonly ts: number;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;
	readonly note: null;
}

/** Of a line that a client's reader has placed. */
export function headOf(
	client: string,
	{ session, agent }: Pick<Head, "session" | "agent">,
	ts: number,
	cwd: string,
): Head {
	return { origin: "transcript", client, v: 2, ts, session, agent, cwd, note: null };
}

export function record(event: AgentEvent): TranscriptRecord {
	return { event, call: null };
}

export function asObject(value: unknown): Raw | null {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Raw)
		: null;
}

export function textOf(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
