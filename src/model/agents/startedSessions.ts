/** A call of a shell that runs the program of a client. Times are ms since the epoch. */
export interface StartingCall {
	/** Session in which it was made, and the folder of that. */
	readonly session: string;
	readonly cwd: string;
	/** Whose program it runs. */
	readonly client: string;
	readonly startedAt: number;
	/** null while it has no result. */
	readonly endedAt: number | null;
}

/** A session that may have been started by such a call. */
export interface StartedSession {
	readonly id: string;
	readonly cwd: string;
	readonly client: string;
	readonly startedAt: number;
	/** When it was last heard of. */
	readonly heardAt: number;
}

/** How long after a call that still runs a session may begin, ms: a client is there at once. */
const AT_ONCE_MS = 60_000;

/**
 * Which call started a session, by the session's id. Nothing says so, so only what leaves no doubt counts: the
 * call ran that client in the session's folder, all of the session lies within it, no other call could have
 * been it, and no other session could be its. Whatever is in doubt is in none. It makes no circles: a session
 * begins after the call, and the call's own session before it.
 */
export function startersOf<Call extends StartingCall>(
	calls: readonly Call[],
	sessions: Iterable<StartedSession>,
): Map<string, Call> {
	const starters = new Map<string, Call>();
	if (calls.length === 0) return starters;
	const claims = new Map<Call, number>();
	for (const session of sessions) {
		const candidates = calls.filter((call) => mayHaveStarted(call, session));
		for (const call of candidates) claims.set(call, (claims.get(call) ?? 0) + 1);
		const [only, other] = candidates;
		if (only !== undefined && other === undefined) starters.set(session.id, only);
	}
	for (const [id, call] of starters) if ((claims.get(call) ?? 0) > 1) starters.delete(id);
	return starters;
}

function mayHaveStarted(call: StartingCall, session: StartedSession): boolean {
	if (call.client !== session.client || call.session === session.id) return false;
	if (call.cwd === "" || call.cwd !== session.cwd) return false;
	if (session.startedAt <= call.startedAt) return false;
	return call.endedAt === null
		? session.startedAt - call.startedAt <= AT_ONCE_MS
		: session.heardAt <= call.endedAt;
}
