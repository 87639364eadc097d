import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { TailedFile } from "../../../../src/ingest/files/tailedFile.ts";
import type { BytesPlace, LineWork } from "../../../../src/ingest/transcripts/lineWork.ts";
import { Reading } from "../../../../src/ingest/transcripts/reading.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

/** As in another thread, which would be started for it. */
class CountedWork implements LineWork {
	asked = 0;

	read(bytes: Buffer, { start }: BytesPlace) {
		this.asked++;
		const end = start + bytes.length;
		return { records: [], problems: [], lineEnd: end, safe: end };
	}

	companion() {
		return { records: [], problems: [] };
	}

	close(): void {}
}

describe("A transcript with nothing new", () => {
	const folder = useTempFolder();

	it("is asked of nobody, and keeps its place", async () => {
		const path = folder.file("session.jsonl");
		writeFileSync(path, "{}\n");
		const first = await read(path, null);
		assert.equal(first.asked, 1);
		const again = await read(path, first.position);
		assert.deepEqual([again.asked, again.position], [0, first.position]);
	});

	async function read(path: string, start: ConstructorParameters<typeof TailedFile>[1] | null) {
		const work = new CountedWork();
		const reading = new Reading(new TailedFile(path, start), work);
		await reading.file.look();
		reading.begin();
		await reading.readChunk(Buffer.alloc(64 * 1024));
		const { position } = reading.take("end", false);
		await reading.close();
		return { asked: work.asked, position };
	}
});
