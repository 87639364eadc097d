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
	/** Those that nothing listed before explains. */
	readonly left: number;
	/** Passages in those, of a loop those to its beginning too. */
	readonly worth: number;
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
	const placesOf = (word: readonly string[]) => all.get(word.join(" ")) ?? [];
	const places = runs.flat().length + runs.length;
	const order = [...new Set(log.map(({ functionId }) => functionId))];
	const codes = ({ functions }: Word): number[] => functions.map((id) => order.indexOf(id));

	const taken = new Set<string>();
	const covered = new Set<string>();
	const name = (run: number, at: number): string => `${run} ${at}`;
	let listed: { word: Word; others: Set<string> }[] = [];

	let tests = 1;
	for (let isMore = true; isMore; ) {
		isMore = false;
		/** Occurrences without a step that is taken and a passage that is covered. */
		const leftOf = new Map(
			[...all].map(([key, found]) => {
				const size = key.split(" ").length;
				const free = found.filter(([run, at]) =>
					Array.from({ length: size }, (_, step) => at + step).every(
						(step) =>
							!taken.has(name(run, step)) &&
							(step === at + size - 1 || !covered.has(name(run, step))),
					),
				);
				return [key, free.length] as const;
			}),
		);
		const left = (word: readonly string[]): number => leftOf.get(word.join(" ")) ?? 0;
		const isPart = (word: string[]): boolean =>
			frequent.some(
				(longer) =>
					longer.length === word.length + 1 &&
					left(longer) === left(word) &&
					[longer.slice(1).join(" "), longer.slice(0, -1).join(" ")].includes(word.join(" ")),
			);

		const asked = new Set<string>();
		const closings = new Map<string, number>();
		for (const word of frequent.filter((one) => left(one) >= 3 && !isPart(one))) {
			for (const { round, isAnew } of roundsOf(word)) {
				if (roundsOf(round).length > 1) continue;
				asked.add(round.join(" "));
				if (isAnew) closings.set(round.join(" "), left([...round, ...round.slice(0, 1)]));
			}
		}
		tests = Math.max(tests, asked.size);
		const limit = 0.05 / tests;
		const isAccident = (met: number, one: readonly string[], other: readonly string[]): boolean =>
			Math.max(
				bound(met, left(one), count(other) / places),
				bound(met, left(other), count(one) / places),
			) > limit;
		const liftOf = (met: number, one: readonly string[], other: readonly string[]): number =>
			(met * places) / Math.max(left(one) * count(other), count(one) * left(other));

		const candidates: Word[] = [];
		for (const key of asked) {
			const functions = key.split(" ");
			const met = left(functions);
			const cuts = functions
				.slice(1)
				.map((_, at) => [functions.slice(0, at + 1), functions.slice(at + 1)] as const);
			const belong = cuts.every(
				([one, other]) =>
					met >= 0.3 * Math.min(left(one), left(other)) &&
					liftOf(met, one, other) >= 1.5 &&
					!isAccident(met, one, other),
			);
			if (!belong) continue;
			const closing = closings.get(key) ?? 0;
			const isLoop = closing > 0 && !isAccident(closing, functions, functions.slice(0, 1));
			candidates.push({
				functions,
				occurrences: count(functions),
				left: met,
				isLoop,
				worth: met * (functions.length - 1) + (isLoop ? closing : 0),
				lift: Math.min(...cuts.map(([one, other]) => liftOf(met, one, other))),
				places: placesOf(functions),
			});
		}
		const found = new Map(candidates.map((one) => [one.functions.join(" "), one.left]));
		const isOften = (one: Word, part: readonly string[]): boolean =>
			one.left < 0.6 * (found.get(part.join(" ")) ?? 0);
		const isAgain = (one: Word): boolean => new Set(one.functions).size < one.functions.length;
		const isSeveral = (one: Word, rest = one.functions): boolean =>
			rest
				.slice(2, -1)
				.map((_, at) => [rest.slice(0, at + 2), rest.slice(at + 2)] as const)
				.some(
					([head, tail]) =>
						isOften(one, head) && (isOften(one, tail) || (isAgain(one) && isSeveral(one, tail))),
				);
		candidates.sort(
			(a, b) =>
				Number(isSeveral(a)) - Number(isSeveral(b)) ||
				b.worth - a.worth ||
				b.left - a.left ||
				compare(codes(a), codes(b)),
		);

		const isLeft = (word: Word): boolean =>
			word.functions.slice(1).every((_, before) => {
				const cut = before + 1;
				const own = word.places.filter(([run, at]) => {
					const free = word.functions.map((__, step) => !taken.has(name(run, at + step)));
					return (
						!covered.has(name(run, at + before)) &&
						free.slice(0, cut).includes(true) &&
						free.slice(cut).includes(true)
					);
				});
				return own.length >= word.left / 2;
			});
		const isNew = (word: Word): boolean =>
			listed.every((one) => !standsFor(one.word, word) || isOutweighed(one.word, word)) &&
			isLeft(word);
		const isMadeUpOf = (part: Word, wholes: readonly Word[]): boolean => {
			const within = wholes.flatMap((one) =>
				one.places.map(([run, at]) => name(run, at + offsetOf(part, one))),
			);
			return new Set(within).size >= 0.75 * part.occurrences;
		};
		const wholeOf = (part: Word): Word | null => {
			const longer = candidates.filter(
				(one) => offsetOf(part, one) >= 0 && one.left >= 0.3 * part.left && isNew(one),
			);
			const wholes = longer.filter((one) => isWhole(part, one));
			const [first] = wholes;
			if (first !== undefined && isMadeUpOf(part, wholes)) return wholeOf(first);
			return isMore && isMadeUpOf(part, longer) ? null : part;
		};
		const isWhole = (part: Word, one: Word): boolean => {
			const offset = offsetOf(part, one);
			const rest = [
				one.functions.slice(0, offset),
				one.functions.slice(offset + part.functions.length),
			];
			return (
				one.left >= 0.75 * part.left ||
				one.isLoop ||
				rest.every((steps) => one.left >= 0.6 * left(steps))
			);
		};
		for (const candidate of candidates) {
			if (!isNew(candidate)) continue;
			const whole = wholeOf(candidate);
			if (whole === null) continue;
			for (const [run, at] of whole.places) {
				const size = whole.functions.length;
				const isAnew = whole.isLoop && runs[run]?.[at + size] === whole.functions[0];
				for (let step = at; step < at + size; step++) {
					taken.add(name(run, step));
					if (isAnew || step < at + size - 1) covered.add(name(run, step));
				}
			}
			isMore = true;
			const replaced = listed.filter(({ word }) => standsFor(word, whole));
			const others = replaced.flatMap((one) => [...one.others, one.word.functions.join(" ")]);
			listed = listed.filter((one) => !replaced.includes(one));
			listed.push({
				word: whole,
				others: new Set(others.filter((other) => other !== whole.functions.join(" "))),
			});
		}
		for (const candidate of candidates) {
			const own = listed.find(({ word }) => standsFor(word, candidate));
			if (own?.word !== candidate) own?.others.add(candidate.functions.join(" "));
		}
	}
	return listed.map(({ word: { functions, isLoop, occurrences, lift }, others }) => ({
		functions,
		isLoop,
		occurrences,
		merged: others.size,
		lift,
	}));
}

/** Where the one stands in a longer one; -1 where it does not. */
function offsetOf(part: Word, whole: Word): number {
	if (whole.functions.length <= part.functions.length) return -1;
	return whole.functions.findIndex((_, at) =>
		part.functions.every((id, step) => id === whole.functions[at + step]),
	);
}

function standsFor(one: Word, other: Word): boolean {
	return (
		related(one, other) ||
		(other.occurrences <= one.occurrences / 2 &&
			other.functions.slice(1, -1).some((_, at) =>
				within(
					other.functions.filter((__, step) => step !== at + 1),
					one.functions,
				),
			))
	);
}

/** Of what is left of it a shorter word explains more than a longer one that is listed. */
function isOutweighed(listed: Word, word: Word): boolean {
	const { length } = listed.functions;
	const times = word.isLoop && !listed.isLoop ? 1 : 4;
	return word.functions.length < length && listed.occurrences * (length - 1) * times < word.worth;
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

/**
 * Rounds of a word that repeats itself, or in which something stands twice in a row, the shortest there are; the word
 * itself where it does not. Of each whether it begins anew in there.
 */
function roundsOf(word: readonly string[]): { round: readonly string[]; isAnew: boolean }[] {
	const isSame = (at: number, period: number): boolean =>
		at + period < word.length && word[at] === word[at + period];
	for (let period = 2; period < word.length; period++) {
		const twice = word.flatMap((_, at) =>
			Array.from({ length: period }, (__, step) => at + step).every((step) => isSame(step, period))
				? [at]
				: [],
		);
		const isAll = word.slice(period).every((_, at) => isSame(at, period));
		const begins = word.flatMap((_, at) => {
			// A stretch may go on for some steps of a third round.
			const isIn = twice.some((from) => {
				let end = from + 2 * period;
				while (isSame(end - period, period)) end++;
				return from <= at && at + period <= end;
			});
			return at + period <= word.length && (isAll || isIn) ? [at] : [];
		});
		if (begins.length > 0) {
			return begins.map((at) => ({
				round: word.slice(at, at + period),
				isAnew: isSame(at, period),
			}));
		}
	}
	return [{ round: word, isAnew: false }];
}

/** Hoeffding's, of so many hits among so many tries of that probability. */
function bound(hits: number, tries: number, p: number): number {
	const share = hits / tries;
	if (share <= p) return 1;
	const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - p));
	return Math.exp(-tries * (share * Math.log(share / p) + rest));
}

function compare(one: readonly number[], other: readonly number[]): number {
	const at = one.findIndex((code, place) => code !== other[place]);
	return (one[at] ?? 0) - (other[at] ?? 0);
}
