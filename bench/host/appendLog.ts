import { closeSync, openSync, writeSync } from "node:fs";

/** Lines appended at a time. */
const AT_ONCE = 1000;

/** Appends the next lines of a generator, which can be gone on with, to a log. */
export function appendLog(file: string, lines: Generator<string>, count: number): void {
	const handle = openSync(file, "a");
	let batch: string[] = [];
	const write = (): void => {
		if (batch.length > 0) writeSync(handle, `${batch.join("\n")}\n`);
		batch = [];
	};
	for (let index = 0; index < count; index++) {
		const { value, done } = lines.next();
		if (done) break;
		batch.push(value);
		if (batch.length === AT_ONCE) write();
	}
	write();
	closeSync(handle);
}
