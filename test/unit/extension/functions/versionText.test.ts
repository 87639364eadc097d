import assert from "node:assert/strict";
import * as path from "node:path";
import { linesOf, versionText } from "../../../../src/extension/functions/versionText.ts";
import { GitRepository } from "../../../support/functions/gitRepository.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const NOWHERE = {
	versionHash: "h",
	ts: 0,
	source: "index" as const,
	lines: "2-3",
	copyOf: null,
	filePath: null,
	gitBlob: null,
};

describe("The text of a version", () => {
	const folder = useTempFolder();

	it("is what git has of it, after the file has changed too", async () => {
		const repository = new GitRepository(folder.path).write({ "a.ts": "1\n2\n3\n4\n" });
		const gitBlob = repository.git("rev-parse", ":a.ts").trim();
		repository.write({ "a.ts": "other" });
		const filePath = path.join(folder.path, "a.ts");
		const text = await versionText({ ...NOWHERE, filePath, gitBlob });
		assert.equal(text, "1\n2\n3\n4\n");
		assert.equal(linesOf(text, "2-3"), "2\n3\n");
	});

	it("is none where git does not have it", async () => {
		new GitRepository(folder.path);
		const filePath = path.join(folder.path, "a.ts");
		assert.equal(await versionText({ ...NOWHERE, filePath, gitBlob: "0".repeat(40) }), null);
		assert.equal(await versionText({ ...NOWHERE, filePath, gitBlob: "--help" }), null);
		assert.equal(await versionText(NOWHERE), null);
	});
});
