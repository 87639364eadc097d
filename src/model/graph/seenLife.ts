import { type Fact, unionOf } from "../agents/facts.ts";
import { type Life, lifeOf, type Span, type Surroundings, spansOf } from "../agents/lifeOf.ts";
import { type SessionTold, sessionStateOf } from "../agents/sessionLife.ts";
import type { NodeState } from "../views/view.ts";

/** What is seen of a node's life: that of {@link lifeOf}, and what only time tells. */
export interface SeenLife extends Omit<Life, "state"> {
	readonly state: Exclude<NodeState, "waiting">;
}

/** An agent by all that goes for it. */
interface AgentParts {
	readonly parts: readonly {
		readonly told: readonly Fact[];
		readonly isV2: boolean;
		readonly actedBy: 0 | 1 | 2;
	}[];
	readonly launch: { readonly id: string; readonly request: object | null } | null;
	readonly session: { readonly ends: readonly number[] };
	readonly startedAt: number;
}

export function agentLife(agent: AgentParts): SeenLife {
	const surroundings = surroundingsOf(agent);
	const life = lifeOf(unionOf(agent.parts), surroundings);
	// Version 1 does not know for sure who acts.
	const sure = surroundings.isV2 ? 2 : 1;
	const hasActed = agent.parts.some(({ actedBy }) => actedBy >= sure);
	return life.state === "starting" && hasActed ? { ...life, state: "running" } : life;
}

/** Lives of an agent, one after the other. */
export function agentSpans(agent: AgentParts): Span[] {
	return spansOf(unionOf(agent.parts), surroundingsOf(agent));
}

export function sessionLife(told: SessionTold): SeenLife {
	const state = sessionStateOf(told);
	return { state, outcome: null, stubs: null, endedAt: state === "done" ? told.ended : null };
}

function surroundingsOf({ parts, launch, session, startedAt }: AgentParts): Surroundings {
	return {
		cuts: session.ends,
		heardAt: startedAt,
		isV2: parts.some((part) => part.isV2),
		launch: launch === null || launch.request === null ? null : launch.id,
	};
}
