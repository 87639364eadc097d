import type { LogLine } from "./simulation/hookWriter.ts";
import { Session } from "./simulation/session.ts";
import { liveSession } from "./simulation/sessionLife.ts";
import { type HistoryOptions, Simulation } from "./simulation/simulation.ts";
import { type Mode, type Truth, truthOf } from "./truth.ts";

export interface HistoryFile {
	/** Below the folder of all transcripts. */
	readonly path: string;
	readonly lines: readonly { readonly ts: number; readonly text: string }[];
	/** What stands in the file beside it; null where there is none. */
	readonly meta: string | null;
}

/** A run of the client as it left its traces, and what is true of it. */
export interface History {
	readonly seed: number;
	/** What happened, step by step, for whoever has to find out why a test fails. */
	readonly story: readonly string[];
	/** The event log, in the order in which it was written. */
	readonly log: readonly LogLine[];
	readonly files: readonly HistoryFile[];
	truth(mode: Mode): Truth;
}

/** The same for the same seed and options. */
export function newHistory(seed: number, options: HistoryOptions = {}): History {
	const simulation = new Simulation(seed, options);
	const { world, random } = simulation;
	const sessions: Session[] = [];
	for (let number = random.pick([1, 1, 2, 3]); number > 0; number--) {
		world.after(random.gap(1, sessions.length === 0 ? 2 : 60_000), () => {
			const forkedFrom = random.chance(0.4)
				? sessions.find(({ file }) => file.lines.length > 4)
				: null;
			const session = new Session(simulation, sessions.length, forkedFrom ?? null);
			sessions.push(session);
			if (session.forkedFrom !== null)
				simulation.tell(`${session.id} is a fork of ${forkedFrom?.id}`);
			world.start(liveSession(session));
		});
	}
	simulation.run();
	const files = simulation.files.map(({ path, lines, meta }) => ({
		path,
		lines: lines.map(({ ts, fields }) => ({ ts, text: JSON.stringify(fields) })),
		meta: meta === null ? null : JSON.stringify(meta),
	}));
	return {
		seed,
		story: simulation.story,
		log: simulation.hooks.lines,
		files,
		truth: (mode) => truthOf(simulation.facts, mode),
	};
}
