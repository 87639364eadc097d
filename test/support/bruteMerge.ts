import { type LoggedCall, runsOf } from "./bruteSequences.ts";

/** What is shown, by the definition in docs/telemetry.md. */
export interface BruteMerged {
	readonly functions: readonly string[];
	readonly isLoop: boolean;
	readonly occurrences: number;
	readonly merged: number;
	readonly lift: number;
}

interface Word extends Omit<BruteMerged, "merged"> {
	/** Run and step. */
	readonly places: readonly (readonly [number, number])[];
}

/** The definition word for word, with no thought for time or memory. */
export function bruteMerge(log: readonly LoggedCall[]): BruteMerged[] {
	const runs = runsOf(log).map((run) => run.map(({ functionId }) => functionId));
	const sessions = runsOf(log).map((run) => run[0]?.calls[0]?.session);
	const all = new Map<string, [number, number][]>();
	for (const [number, run] of runs.entries()) {
		for (let length = 1; length <= 12; length++) {
			for (let at = 0; at + length <= run.length; at++) {
				const key = run.slice(at, at + length).join(" ");
				all.set(key, [...(all.get(key) ?? []), [number, at]]);
			}
		}
	}
	const count = (word: readonly string[]): number => all.get(word.join(" "))?.length ?? 0;
	const frequent = [...all]
		.filter(([, places]) => new Set(places.map(([run]) => sessions[run])).size >= 2)
		.filter(([, places]) => places.length >= 3)
		.map(([key]) => key.split(" "))
		.filter(({ length }) => length >= 2);
	const isClosed = (word: string[]): boolean =>
		!frequent.some(
			(longer) =>
				longer.length === word.length + 1 &&
				count(longer) === count(word) &&
				[longer.slice(1).join(" "), longer.slice(0, -1).join(" ")].includes(word.join(" ")),
		);

	const asked = new Set<string>();
	const closings = new Map<string, number>();
	for (const word of frequent.filter(isClosed)) {
		const period = periodOf(word);
		for (let at = 0; at + period <= word.length; at++) {
			const round = word.slice(at, at + period);
			if (periodOf(round) < period) continue;
			asked.add(round.join(" "));
			if (at + period < word.length) {
				closings.set(round.join(" "), count(word.slice(at, at + period + 1)));
			}
		}
	}
	const limit = 0.05 / Math.max(1, asked.size);
	const steps = runs.flat();
	const places = steps.length + runs.length;
	const candidates: Word[] = [];
	for (const key of asked) {
		const functions = key.split(" ");
		const occurrences = count(functions);
		const cuts = functions
			.slice(1)
			.map((_, at) => [functions.slice(0, at + 1), functions.slice(at + 1)]);
		const sizes = cuts.map((parts) => parts.map(count)) as [number, number][];
		if (sizes.some(([one, other]) => chance(occurrences, one, other, places) > limit)) continue;
		const closing = closings.get(key) ?? 0;
		candidates.push({
			functions,
			occurrences,
			isLoop:
				closing > 0 && chance(closing, occurrences, count(functions.slice(0, 1)), places) <= limit,
			lift: Math.min(...sizes.map(([one, other]) => (occurrences * places) / one / other)),
			places: all.get(key) ?? [],
		});
	}
	const order = [...new Set(log.map(({ functionId }) => functionId))];
	const worth = ({ occurrences, functions }: Word): number => occurrences * (functions.length - 1);
	const codes = ({ functions }: Word): number[] => functions.map((id) => order.indexOf(id));
	const isFound = new Map(candidates.map((one) => [one.functions.join(" "), one.occurrences]));
	const isTwo = ({ functions, occurrences }: Word): boolean =>
		functions
			.slice(2, -1)
			.some((_, at) =>
				[functions.slice(0, at + 2), functions.slice(at + 2)].every(
					(part) => occurrences < 0.6 * (isFound.get(part.join(" ")) ?? 0),
				),
			);
	candidates.sort(
		(a, b) =>
			Number(isTwo(a)) - Number(isTwo(b)) ||
			worth(b) - worth(a) ||
			b.occurrences - a.occurrences ||
			compare(codes(a), codes(b)),
	);

	const covered = new Set<string>();
	const passage = (run: number, at: number): string => `${run} ${at}`;
	const isOpen = (run: number, at: number): boolean =>
		at >= 0 && at + 1 < (runs[run]?.length ?? 0) && !covered.has(passage(run, at));
	const listed: { word: Word; merged: number }[] = [];
	const follows = new Set<string>();

	const isLeft = ({ functions, places: own, occurrences }: Word): boolean =>
		functions.slice(1).every((_, before) => {
			const cut = before + 1;
			const [head, tail] = [functions.slice(0, cut), functions.slice(cut)];
			const met = own.filter(([run, at]) => isOpen(run, at + cut - 1)).length;
			const first = (all.get(head.join(" ")) ?? []).filter(([run, at]) =>
				isOpen(run, at + cut - 1),
			);
			const second = (all.get(tail.join(" ")) ?? []).filter(([run, at]) => isOpen(run, at - 1));
			if (met < occurrences / 2) return false;
			if (met >= 0.4 * Math.max(first.length, second.length)) return true;
			if (met < Math.min(first.length, second.length) / 3) return false;
			const [end, begin] = [head.at(-1) ?? "", tail[0] ?? ""];
			const open = runs.flatMap((run, number) =>
				run.flatMap((id, at) => (isOpen(number, at) ? [[id, run[at + 1] ?? ""] as const] : [])),
			);
			const hence = open.filter(
				([, to]) => to !== begin && (to === end || follows.has(`${end} ${to}`)),
			);
			const hither = open.filter(
				([from]) => from !== end && (from === begin || follows.has(`${from} ${begin}`)),
			);
			const rest = open.length - Math.max(hence.length, hither.length);
			return (
				met * rest >= 1.5 * first.length * second.length &&
				chance(met, first.length, second.length, rest) <= limit
			);
		});
	const standsFor = (one: Word, other: Word): boolean =>
		related(one, other) ||
		(other.occurrences <= one.occurrences / 2 &&
			other.functions.slice(1, -1).some((_, at) =>
				within(
					other.functions.filter((__, step) => step !== at + 1),
					one.functions,
				),
			));
	const isNew = (word: Word): boolean =>
		!listed.some((one) => standsFor(one.word, word)) && isLeft(word);

	for (const candidate of candidates) {
		const own = listed.find(({ word }) => standsFor(word, candidate));
		if (own !== undefined && own.word !== candidate) own.merged++;
		if (!isNew(candidate)) continue;
		const whole =
			candidates
				.filter(
					(one) =>
						one.functions.length > candidate.functions.length &&
						one.occurrences >= 0.75 * candidate.occurrences &&
						related(one, candidate) &&
						isNew(one),
				)
				.sort((a, b) => b.functions.length - a.functions.length)[0] ?? candidate;
		for (const [run, at] of whole.places) {
			const size = whole.functions.length;
			const isAnew = whole.isLoop && runs[run]?.[at + size] === whole.functions[0];
			for (let step = at; step < at + size - (isAnew ? 0 : 1); step++)
				covered.add(passage(run, step));
		}
		for (const [at, id] of whole.functions.entries()) {
			const next = whole.functions[at + 1] ?? (whole.isLoop ? whole.functions[0] : undefined);
			if (next !== undefined) follows.add(`${id} ${next}`);
		}
		listed.push({ word: whole, merged: whole === candidate ? 0 : 1 });
	}
	return listed.map(({ word: { functions, isLoop, occurrences, lift }, merged }) => ({
		functions,
		isLoop,
		occurrences,
		merged,
		lift,
	}));
}

/** Whether one is a rotation of the other or a part of it, going round. */
export function related(
	one: Pick<BruteMerged, "functions" | "isLoop">,
	other: Pick<BruteMerged, "functions" | "isLoop">,
): boolean {
	const [short, long] =
		one.functions.length <= other.functions.length ? [one, other] : [other, one];
	const turns = short.isLoop
		? short.functions.map((_, at) => [
				...short.functions.slice(at),
				...short.functions.slice(0, at),
			])
		: [short.functions];
	return turns.some((turn) => within(turn, long.functions));
}

function within(part: readonly string[], whole: readonly string[]): boolean {
	if (part.length > whole.length) return false;
	return ` ${[...whole, ...whole].join(" ")} `.includes(` ${part.join(" ")} `);
}

function periodOf(word: readonly string[]): number {
	for (let period = 2; period < word.length; period++) {
		if (word.every((id, at) => at < period || id === word[at - period])) return period;
	}
	return word.length;
}

function chance(met: number, first: number, second: number, places: number): number {
	const bound = (tries: number, p: number): number => {
		const share = met / tries;
		if (share <= p) return 1;
		const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - p));
		return Math.exp(-tries * (share * Math.log(share / p) + rest));
	};
	return Math.min(bound(first, second / places), bound(second, first / places));
}

function compare(one: readonly number[], other: readonly number[]): number {
	const at = one.findIndex((code, place) => code !== other[place]);
	return (one[at] ?? 0) - (other[at] ?? 0);
}
