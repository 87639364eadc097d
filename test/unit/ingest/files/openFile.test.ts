import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { OpenFile } from "../../../../src/ingest/files/openFile.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("A file that is read", () => {
	const folder = useTempFolder();
	let file = "";

	beforeEach(() => {
		file = folder.file("digits");
		writeFileSync(file, "0123456789");
	});

	it("says how much of it there was from a place on", async () => {
		const open = new OpenFile(file);
		const into = Buffer.alloc(8);
		assert.equal(await open.read(into, 4), 6);
		assert.equal(into.toString("latin1", 0, 6), "456789");
		await open.close();
	});

	it("is closed once all that is being read of it was read", async () => {
		const open = new OpenFile(file);
		const both = [Buffer.alloc(4), Buffer.alloc(4)];
		const read = both.map((into, index) => open.read(into, 4 * index));
		const order: string[] = [];
		for (const each of read) void each.then(() => order.push("read"));
		await open.close().then(() => order.push("closed"));
		assert.deepEqual(await Promise.all(read), [4, 4]);
		assert.deepEqual(order, ["read", "read", "closed"]);
		assert.equal(Buffer.concat(both).toString(), "01234567");
	});

	it("gives nothing once it is closed, whatever file has its number then", async () => {
		const open = new OpenFile(file);
		await open.close();
		await open.close();
		const other = new OpenFile(file);
		await assert.rejects(open.read(Buffer.alloc(4), 0), { code: "EBADF" });
		assert.equal(await other.read(Buffer.alloc(4), 0), 4);
		await other.close();
	});
});
