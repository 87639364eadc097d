import { Fields } from "../fields/fields.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";

/** What a thread's first line says of how it came to be; empty parts where it does not. */
interface Spawn {
	/** Thread that started it; empty for one that a person started. */
	readonly parent: string;
	readonly role: string;
	/** What it is called among the agents of its session. */
	readonly name: string;
}

/** @param meta `payload` of `session_meta` */
export function spawnOf(meta: Raw): Spawn {
	const spawn = asObject(asObject(asObject(meta.source)?.subagent)?.thread_spawn) ?? {};
	const f = new Fields({ ...spawn, ...withoutNull(meta) });
	return {
		parent: f.id("parent_thread_id"),
		role: f.id("agent_role"),
		name: lastPart(f.text("agent_path")) || f.text("agent_nickname"),
	};
}

/**
 * Whether a turn was made before a thread was, and so by another one: a fork begins with the turns that it
 * goes on from. Both ids begin with their time (UUIDv7, RFC 9562).
 */
export function isOlder(turn: unknown, thread: string): boolean {
	const [ofTurn, ofThread] = [madeAt(textOf(turn) ?? ""), madeAt(thread)];
	return ofTurn !== null && ofThread !== null && ofTurn < ofThread;
}

function madeAt(id: string): number | null {
	const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? [];
	return high === undefined ? null : Number.parseInt(high + low, 16);
}

function lastPart(agentPath: string): string {
	return agentPath.slice(agentPath.lastIndexOf("/") + 1);
}

function withoutNull(meta: Raw): Raw {
	return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== null));
}
