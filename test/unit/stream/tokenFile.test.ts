import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tokenFromFile } from "../../../src/stream/tokenFile.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("the stream's token", () => {
	const folder = useTempFolder();

	it("is made once, of 256 bits, in a file for its owner only", () => {
		const file = folder.file("deep/in/token");
		const token = tokenFromFile(file);
		assert.match(token, /^[\w-]{43}$/);
		assert.equal(tokenFromFile(file), token);
		assert.equal(statSync(file).mode & 0o777, 0o600);
		assert.equal(statSync(folder.file("deep")).mode & 0o777, 0o700);
		assert.notEqual(tokenFromFile(folder.file("other")), token);
	});

	it("is not taken from a file that others can read", () => {
		const file = folder.file("token");
		tokenFromFile(file);
		chmodSync(file, 0o644);
		assert.throws(() => tokenFromFile(file), /others may have read/);
	});

	it("is not taken from a file that holds something else, nor written over it", () => {
		const file = folder.file("token");
		writeFileSync(file, "hunter2\n", { mode: 0o600 });
		assert.throws(() => tokenFromFile(file), /holds no token/);
		assert.equal(readFileSync(file, "utf8"), "hunter2\n");
	});

	it("is not written through a link", () => {
		const target = folder.file("elsewhere");
		symlinkSync(target, folder.file("token"));
		assert.throws(() => tokenFromFile(folder.file("token")), /cannot write the stream's token/);
		assert.equal(existsSync(target), false);
	});
});
