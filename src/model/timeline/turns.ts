import { nothingTold, sessionStateOf, tellSession } from "../agents/sessionLife.ts";
import type { AgentEvent } from "../events/events.ts";

/** From a question to the end of its answer, ms since the epoch; null while it goes on. */
export interface Turn {
	readonly began: number;
	readonly endedAt: number | null;
}

/** The turns of a session's orchestrator, by the same rules that say whether it rests. */
export class Turns {
	/** Those that may begin or end a turn. */
	readonly #events: AgentEvent[] = [];
	#isSorted = true;
	#turns: readonly Turn[] | null = [];

	note(event: AgentEvent | undefined): void {
		if (event === undefined || !mayMatter(event)) return;
		this.#isSorted &&= (this.#events.at(-1)?.ts ?? 0) <= event.ts;
		this.#events.push(event);
		this.#turns = null;
	}

	/** In order. */
	get all(): readonly Turn[] {
		if (!this.#isSorted) this.#events.sort((a, b) => a.ts - b.ts);
		this.#isSorted = true;
		this.#turns ??= turnsOf(this.#events);
		return this.#turns;
	}
}

function mayMatter(event: AgentEvent): boolean {
	switch (event.event) {
		case "prompt":
		case "turn_end":
		case "session_start":
		case "session_end":
		case "agent_result":
			return true;
		case "tool_use":
		case "permission_wait":
		case "agent_spawn":
			return event.agent === "";
		default:
			return false;
	}
}

function turnsOf(events: readonly AgentEvent[]): readonly Turn[] {
	const told = nothingTold();
	const turns: Turn[] = [];
	let began: number | null = null;
	for (const event of events) {
		tellSession(told, event);
		const hasBegun = told.asked > 0 || told.acted > 0;
		const isRunning = hasBegun && sessionStateOf(told) === "running";
		if (isRunning) began ??= event.ts;
		else if (began !== null) {
			turns.push({ began, endedAt: event.ts });
			began = null;
		}
	}
	if (began !== null) turns.push({ began, endedAt: null });
	return turns;
}
