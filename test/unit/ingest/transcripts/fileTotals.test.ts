import assert from "node:assert/strict";
import fc from "fast-check";
import { FileTotals, type Totals } from "../../../../src/ingest/transcripts/files/fileTotals.ts";

interface Changing {
	offset: number;
	size: number;
	error: string;
}

const change = fc.record({
	index: fc.nat({ max: 4 }),
	isGone: fc.boolean(),
	offset: fc.nat(),
	size: fc.nat(),
	error: fc.constantFrom("", "EACCES"),
});

describe("the totals of files", () => {
	it("are those of the files that are left, as they were noted last", () => {
		fc.assert(
			fc.property(fc.array(change), (changes) => {
				const files = Array.from({ length: 5 }, () => ({ offset: 0, size: 0, error: "" }));
				const left = new Set<Changing>();
				const totals = new FileTotals<Changing>();
				for (const { index, isGone, ...state } of changes) {
					const file = files[index];
					if (file === undefined) continue;
					Object.assign(file, state);
					if (isGone) {
						left.delete(file);
						totals.delete(file);
					} else {
						left.add(file);
						totals.note(file);
					}
				}
				// Those that are gone may have changed since, those that are left have not.
				assert.deepEqual(totals.now, sumOf([...left]));
			}),
		);
	});
});

function sumOf(files: readonly Changing[]): Totals {
	const sum = (of: (file: Changing) => number) => files.reduce((all, file) => all + of(file), 0);
	return {
		files: files.length,
		bytesDone: sum(({ offset }) => offset),
		bytesTotal: sum(({ size }) => size),
		unreadable: sum(({ error }) => (error === "" ? 0 : 1)),
	};
}
