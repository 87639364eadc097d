import type { Outcome } from "../../../../src/model/views/view.ts";
import type { Random } from "./random.ts";

export interface LastWords {
	readonly text: string;
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
}

const OUTCOMES = ["functional", "partial", "scaffolding", "fail"] as const;

/** What an agent says at its end, most times with the marker that says how it went. */
export function lastWords(random: Random): LastWords {
	if (random.chance(0.3)) return { text: "All looked at.", outcome: null, stubs: null };
	const outcome = random.pick(OUTCOMES);
	const stubs = random.whole(0, 3);
	const marker = `=== STATUS-TRUTH MARKER ===\nshipped: ${outcome}\nstubs: ${stubs}`;
	return { text: `So far.\n${marker}`, outcome, stubs };
}
