import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { TailedFile } from "../../../../src/ingest/files/tailedFile.ts";
import { collectGarbage } from "../../../support/collectGarbage.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

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

	for (const room of [1, 100, 4095, 4096, 4097, 10_000]) {
		it(`is read to its end, and on from any place, through a room of ${room} bytes`, async () => {
			const text = Array.from({ length: 1200 }, (_, line) => `line ${line}\n`).join("");
			const file = newFile("whole.jsonl", text);
			const tail = new TailedFile(file);
			await tail.look();
			assert.equal(await readToEnd(tail, room), text);
			const place = tail.positionAt(tail.offset);
			await tail.close();
			appendFileSync(file, "one more\n");
			const later = new TailedFile(file, place);
			await later.look();
			assert.equal(await readToEnd(later, room), "one more\n");
			await later.close();
		});
	}

	function newFile(name: string, text = TEXT): string {
		const file = folder.file(name);
		writeFileSync(file, text);
		return file;
	}
});

/** Gives up where nothing more comes though the end is not reached. */
async function readToEnd(tail: TailedFile, room: number): Promise<string> {
	let text = "";
	do {
		const bytes = await tail.read(Buffer.alloc(room));
		if (bytes === null || (bytes.length === 0 && !tail.isAtEnd)) return `${text} and no more`;
		text += bytes.toString("latin1");
	} while (!tail.isAtEnd);
	return text;
}

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
