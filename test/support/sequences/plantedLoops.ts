import { CallLog } from "../../../src/sequences/callLog.ts";
import { detectSequences, type Found } from "../../../src/sequences/detector.ts";
import type { LoggedCall } from "./bruteSequences.ts";

/** How a history is made in which agents do some things again and again. */
export interface Planting {
	readonly seed: number;
	/** Steps of each loop. */
	readonly loops: readonly (readonly string[])[];
	/** Functions called by chance. */
	readonly noise: readonly string[];
	readonly sessions: number;
	/** Blocks of rounds in an agent. */
	readonly blocks: number;
	/** Most rounds of a block. */
	readonly rounds: number;
	/** Most calls by chance between two blocks. */
	readonly gaps: number;
	/** Share of rounds that are given up in the middle. */
	readonly interrupted: number;
	/** Share of steps after which an agent is launched in the background. */
	readonly launched: number;
	readonly agents: readonly string[];
}

/** Calls as they would be recorded, agents of a session at the same time. */
export function plant(planting: Planting): LoggedCall[] {
	const { sessions, blocks, rounds, gaps, loops, noise, interrupted, launched, agents } = planting;
	const random = numbers(planting.seed);
	const below = (limit: number): number => Math.floor(random() * limit);
	const calls: LoggedCall[] = [];
	for (let session = 0; session < sessions; session++) {
		for (const agent of [null, "a1"]) {
			let ts = session * 1e8 + 1;
			const call = (functionId: string): void => {
				ts += 1 + below(20_000);
				const success = random() < 0.95 ? 1 : 0;
				calls.push({ session: `s${session}`, agent, functionId, ts, success, durationMs: 100 });
				if (random() < launched) call(agents[below(agents.length)] ?? "");
			};
			for (let block = 0; block < blocks; block++) {
				for (let gap = below(gaps + 1); gap > 0; gap--) call(noise[below(noise.length)] ?? "");
				const loop = loops[below(loops.length)] ?? [];
				for (let round = below(rounds); round >= 0; round--) {
					const steps = random() < interrupted ? loop.slice(0, 1 + below(loop.length - 1)) : loop;
					steps.forEach(call);
				}
			}
		}
	}
	return calls.sort((a, b) => a.ts - b.ts);
}

/** The same numbers from 0 to 1 for the same seed. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Searches calls as the worker does. */
export function search(calls: readonly LoggedCall[]): { found: Found; log: CallLog } {
	const log = new CallLog(calls.length);
	for (const { session, agent, functionId, ts, success, durationMs } of calls) {
		log.add(log.agentOf(session, agent), log.functionOf(functionId), ts, success, durationMs);
	}
	return { found: detectSequences(log.columns, log.functionIds.length), log };
}

/** What is shown of them, with functions by name. */
export function shown(calls: readonly LoggedCall[]) {
	const { found, log } = search(calls);
	return found.merged.map(({ functions, samples: _, ...one }) => ({
		...one,
		functions: functions.map((code) => log.functionIds[code] ?? ""),
	}));
}
