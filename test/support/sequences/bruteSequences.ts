import type { SequenceMeasures } from "../../../src/sequences/measures.ts";

/** A call as it stands in the database. */
export interface LoggedCall {
	readonly session: string;
	/** null for the orchestrator */
	readonly agent: string | null;
	readonly functionId: string;
	/** ms since the epoch */
	readonly ts: number;
	/** null while open */
	readonly success: 0 | 1 | null;
	readonly durationMs: number | null;
}

/** What is said of a sequence, with its functions by name. */
export interface CountedSequence extends SequenceMeasures {
	readonly functions: readonly string[];
}

interface Step {
	readonly functionId: string;
	readonly calls: LoggedCall[];
}

/** The definition word for word, with no thought for time or memory. */
export function bruteSequences(log: readonly LoggedCall[]): CountedSequence[] {
	const runs = runsOf(log);
	const all = new Map<string, Step[][]>();
	for (const run of runs) {
		for (let length = 2; length <= 5; length++) {
			for (let at = 0; at + length <= run.length; at++) {
				const occurrence = run.slice(at, at + length);
				const key = JSON.stringify(occurrence.map(({ functionId }) => functionId));
				all.set(key, [...(all.get(key) ?? []), occurrence]);
			}
		}
	}
	const isClosed = (key: string): boolean => {
		const own = JSON.parse(key) as string[];
		return ![...all].some(([other, occurrences]) => {
			const longer = JSON.parse(other) as string[];
			if (longer.length !== own.length + 1) return false;
			const contains = [longer.slice(1), longer.slice(0, -1)].some(
				(part) => JSON.stringify(part) === key,
			);
			return contains && occurrences.length === all.get(key)?.length;
		});
	};
	return [...all]
		.filter(([, found]) => found.length >= 3 && sessionsOf(found).size >= 2)
		.filter(([key]) => isClosed(key))
		.map(([key, found]) => describe(JSON.parse(key) as string[], found, runs));
}

export function runsOf(log: readonly LoggedCall[]): Step[][] {
	const agents = new Map<string, LoggedCall[]>();
	for (const call of log) {
		const key = JSON.stringify([call.session, call.agent]);
		agents.set(key, [...(agents.get(key) ?? []), call]);
	}
	return [...agents.values()].flatMap((calls) => {
		const runs: Step[][] = [];
		let before = Number.NEGATIVE_INFINITY;
		for (const call of calls.toSorted((a, b) => a.ts - b.ts)) {
			if (call.ts - before > 600_000) runs.push([]);
			before = call.ts;
			const run = runs.at(-1) ?? [];
			const last = run.at(-1);
			if (last?.functionId === call.functionId) last.calls.push(call);
			else run.push({ functionId: call.functionId, calls: [call] });
		}
		return runs;
	});
}

function sessionsOf(found: readonly Step[][]): Set<string | undefined> {
	return new Set(found.map((steps) => steps[0]?.calls[0]?.session));
}

function describe(functions: string[], found: Step[][], runs: Step[][]): CountedSequence {
	const occurrences = found.map((steps) => steps.flatMap(({ calls }) => calls));
	const finished = occurrences.filter(
		(calls) =>
			calls.some(({ success }) => success === 0) || calls.every(({ success }) => success !== null),
	);
	const good = finished.filter((calls) => calls.every(({ success }) => success === 1));
	const timed = occurrences.filter((calls) => calls.every((call) => call.durationMs !== null));
	const took = timed.flat().reduce((sum, call) => sum + (call.durationMs ?? 0), 0);
	const steps = runs.flat();
	const windows = runs.reduce(
		(sum, run) => sum + Math.max(0, run.length - functions.length + 1),
		0,
	);
	const chance = functions
		.map((id) => steps.filter(({ functionId }) => functionId === id).length / steps.length)
		.reduce((product, share) => product * share, 1);
	const times = occurrences.flat().map(({ ts }) => ts);
	return {
		functions,
		occurrences: found.length,
		sessions: sessionsOf(found).size,
		successRate: finished.length === 0 ? null : good.length / finished.length,
		meanDurationMs: timed.length === 0 ? null : took / timed.length,
		lift: found.length / windows / chance,
		firstTs: Math.min(...times),
		lastTs: Math.max(...times),
	};
}

/** Sums and products of the same numbers in another order differ in their last digits. */
export function isNearly(one: number | null, other: number | null): boolean {
	if (one === null || other === null) return one === other;
	return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}
