/** Steps of a sequence, as codes or as names; a loop begins anew where it ends. */
export interface Cycle<Step> {
	readonly functions: readonly Step[];
	readonly isLoop: boolean;
}

/**
 * Whether two are one and the same for whoever reads of them: rotations of each other, or one a part
 * of the other, also where that goes over the end of the longer one to its beginning. Of a loop every
 * rotation is taken for it.
 */
export function areRelated<Step>(one: Cycle<Step>, other: Cycle<Step>): boolean {
	const [short, long] =
		one.functions.length <= other.functions.length ? [one, other] : [other, one];
	return rotationsOf(short).some((rotation) => isWithin(rotation, long));
}

/** Whether it is a part of the whole, but for a single step of something else in between. */
export function isInterrupted<Step>({ functions }: Cycle<Step>, whole: Cycle<Step>): boolean {
	return functions
		.slice(1, -1)
		.some((_, at) => isWithin([...functions.slice(0, at + 1), ...functions.slice(at + 2)], whole));
}

function rotationsOf<Step>({ functions, isLoop }: Cycle<Step>): (readonly Step[])[] {
	if (!isLoop) return [functions];
	return functions.map((_, at) => [...functions.slice(at), ...functions.slice(0, at)]);
}

/** Whether it stands somewhere in a sequence that goes on, after its end, once more from the start. */
function isWithin<Step>(part: readonly Step[], { functions }: Cycle<Step>): boolean {
	if (part.length > functions.length) return false;
	for (let from = functions.indexOf(part[0] as Step); from >= 0; ) {
		if (part.every((step, at) => step === functions[(from + at) % functions.length])) return true;
		from = functions.indexOf(part[0] as Step, from + 1);
	}
	return false;
}
