import { release } from "./release.ts";
import type { Steps } from "./steps.ts";
import { firstLevel, type Level, nextLevel, Room } from "./windows.ts";

/** Steps of the longest words; a loop is found when it is shorter, as it has to close. */
const MAX_WORD = 12;

/** All runs of steps, called words here, that occur often enough, by their length. */
export interface Words {
	readonly steps: Steps;
	/** By length: the functions themselves are at 1, and nothing is at 0. */
	readonly levels: readonly Level[];
}

/** Frequent words of up to {@link MAX_WORD} steps; the longer ones are few. */
export function findWords(steps: Steps, functionCount: number): Words {
	const single = firstLevel(steps, functionCount);
	const room = new Room(steps);
	const levels = [{ ...single, count: 0 }, single];
	let last = single;
	for (let length = 2; length <= MAX_WORD; length++) {
		last = nextLevel(steps, last, length, room);
		if (last.count === 0) break;
		levels.push(last);
	}
	release(Object.values(room));
	return { steps, levels };
}

/**
 * Marks the sequences that occur as often as one that is a step longer.
 *
 * @param shortCounts how often each of the level occurs
 * @param longCounts the same of the longer ones
 */
export function partsOf(
	level: Level,
	longer: Level,
	shortCounts = level.occurrences,
	longCounts = longer.occurrences,
): Uint8Array {
	const isPart = new Uint8Array(level.count);
	for (let number = 0; number < longer.count; number++) {
		const step = longer.examples[number] ?? 0;
		const count = longCounts[number];
		const [head, tail] = [level.starts[step] ?? 0, level.starts[step + 1] ?? 0];
		if (shortCounts[head] === count) isPart[head] = 1;
		if (shortCounts[tail] === count) isPart[tail] = 1;
	}
	return isPart;
}
