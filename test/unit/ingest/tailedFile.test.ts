import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { TailedFile } from "../../../src/ingest/tailedFile.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const FILES = 100;
const TEXT = `${"x".repeat(200)}\n`;

/** Room that a file was read into, and the block that Node then cut its small buffers out of. */
interface Memory {
	readonly room: WeakRef<ArrayBufferLike>;
	readonly block: WeakRef<ArrayBufferLike>;
}

describe("TailedFile", () => {
	const folder = useTempFolder();

	it("keeps none of the memory that it read a file through, only copies of a few bytes", async () => {
		const tailed: TailedFile[] = [];
		const memories: Memory[] = [];
		for (let index = 0; index < FILES; index++) {
			const tail = new TailedFile(newFile(`${index}.jsonl`));
			memories.push(await readThrough(tail));
			tailed.push(tail);
			useUpBlock();
		}
		// What a turn of the event loop has looked at lives until its end.
		await setImmediate();
		collectGarbage();
		const held = (part: keyof Memory) =>
			memories.filter((memory) => memory[part].deref() !== undefined).length;
		assert.deepEqual({ rooms: held("room"), blocks: held("block") }, { rooms: 0, blocks: 0 });
		assert.deepEqual(
			tailed.map(({ offset }) => offset),
			Array(FILES).fill(TEXT.length),
		);
	});

	function newFile(name: string): string {
		const file = folder.file(name);
		writeFileSync(file, TEXT);
		return file;
	}
});

async function readThrough(tail: TailedFile): Promise<Memory> {
	const room = Buffer.allocUnsafe(64 * 1024);
	await tail.look();
	const memory = {
		room: new WeakRef(room.buffer),
		block: new WeakRef(Buffer.allocUnsafe(1).buffer),
	};
	assert.equal((await tail.read(room))?.length, TEXT.length);
	await tail.release();
	return memory;
}

/** What lines are made of comes from the same block and is gone soon. */
function useUpBlock(): void {
	for (let filled = 0; filled < Buffer.poolSize; filled += 1000) Buffer.allocUnsafe(1000);
}

function collectGarbage(): void {
	setFlagsFromString("--expose-gc");
	(runInNewContext("gc") as () => void)();
}
