import assert from "node:assert/strict";
import { FolderWatch } from "../../../../src/ingest/transcripts/folders/folderWatch.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

/** As Node's watch does where the system has no more watches to give. */
function refuse(): never {
	throw Object.assign(new Error("no space left on device, watch"), { code: "ENOSPC" });
}

describe("FolderWatch", () => {
	const folder = useTempFolder();

	it("says that it is not complete once the system refuses a watch", async () => {
		const watch = new FolderWatch(async () => undefined, refuse);
		assert.equal(watch.isComplete, true);
		watch.add(folder.path);
		assert.equal(watch.isComplete, false);
		await watch.dispose();
	});

	it("takes a folder that is gone for no shortage", async () => {
		const watch = new FolderWatch(async () => undefined);
		watch.add(folder.file("never"));
		assert.equal(watch.isComplete, true);
		await watch.dispose();
	});
});
