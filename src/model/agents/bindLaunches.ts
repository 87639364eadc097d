import { OVERTAKING_MS } from "../events/limits.ts";

/** Hooks overtake each other mostly by less than the first of these, ms. */
const LAGS_MS = [200, OVERTAKING_MS];

/** A launching call that nothing says for certain which agent it led to. */
interface FreeLaunch {
	/** tool_use_id */
	readonly id: string;
	/** ms since the epoch */
	readonly at: number;
	/** Agent type that it asked for; empty where it left that to the client. */
	readonly type: string;
	/** Agent that made the call; empty for the orchestrator. */
	readonly caller: string;
	/** When the call failed; null where it did not. */
	readonly failedAt: number | null;
}

/** An agent whose start a hook told, and nothing says for certain which call launched it. */
interface FreeAgent {
	readonly id: string;
	/** When it first started, ms since the epoch. */
	readonly at: number;
	readonly type: string;
}

/**
 * Guesses which call launched which agent, where no link and no file says so: each agent, the oldest
 * first, has the oldest launch of its type that is still free, else the oldest that left the type
 * open. Derived anew from what is known each time, so a wrong guess leaves nothing behind.
 *
 * @returns the launch by the id of its agent
 */
export function bindLaunches<L extends FreeLaunch>(
	launches: readonly L[],
	agents: readonly FreeAgent[],
): Map<string, L> {
	const bound = new Map<string, L>();
	if (launches.length === 0) return bound;
	const queues = new Map<string, L[]>();
	for (const launch of [...launches].sort(byAge)) {
		const queue = queues.get(launch.type);
		if (queue === undefined) queues.set(launch.type, [launch]);
		else queue.push(launch);
	}
	for (const agent of [...agents].sort(byAge)) {
		const launch = LAGS_MS.reduce<L | null>(
			(found, lag) =>
				found ??
				takeFrom(queues.get(agent.type), agent, lag) ??
				takeFrom(queues.get(""), agent, lag),
			null,
		);
		if (launch !== null) bound.set(agent.id, launch);
	}
	return bound;
}

function takeFrom<L extends FreeLaunch>(
	queue: L[] | undefined,
	agent: FreeAgent,
	lagMs: number,
): L | null {
	const index = queue?.findIndex((launch) => mayHaveLaunched(launch, agent, lagMs)) ?? -1;
	return index < 0 ? null : (queue?.splice(index, 1)[0] ?? null);
}

function mayHaveLaunched(
	{ at, caller, failedAt }: FreeLaunch,
	agent: FreeAgent,
	lagMs: number,
): boolean {
	if (caller === agent.id || at > agent.at + lagMs) return false;
	return failedAt === null || failedAt >= agent.at;
}

function byAge(a: FreeLaunch | FreeAgent, b: FreeLaunch | FreeAgent): number {
	if (a.at !== b.at) return a.at - b.at;
	return a.id < b.id ? -1 : 1;
}
