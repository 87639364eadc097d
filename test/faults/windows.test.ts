import assert from "node:assert/strict";
import {
	assertNothingLost,
	CallWriter,
	openFolder,
	savedStore,
	TelemetryProcess,
} from "../support/faults/faultFolder.ts";
import { useTempFolder } from "../support/tempFolder.ts";

describe("Four processes on one folder", () => {
	const folder = useTempFolder();

	it("have one writer; another takes over when it is killed, and nothing is lost", async () => {
		const calls = new CallWriter(folder.path);
		calls.write(500);
		const all = Array.from({ length: 4 }, () => new TelemetryProcess(folder.path));
		await Promise.all(all.map((each) => each.until(() => each.role !== "starting")));
		const [writer, ...others] = all.filter((each) => each.role === "writer");
		assert(writer !== undefined);
		assert.deepEqual(others, []);

		// Whoever looks at the file meanwhile finds a whole one.
		const looking = setInterval(
			() => void savedStore(folder.path).then((store) => store?.close()),
			50,
		);
		const writing = setInterval(() => calls.write(20, Math.random()), 20);
		const readers = all.filter((each) => each !== writer);
		await writer.kill();
		try {
			await Promise.race(readers.map((each) => each.until(() => each.role === "writer")));
		} finally {
			clearInterval(writing);
			clearInterval(looking);
		}
		assert.equal(readers.filter((each) => each.role === "writer").length, 1);
		calls.write(1);
		await Promise.all(readers.map((each) => each.end()));
		const last = openFolder(folder.path);
		await last.catchUp();
		await last.dispose();
		await assertNothingLost(folder.path, calls.ids);
		const roles = readers.flatMap((each) => each.states.map((state) => state.split(" ")[1]));
		assert.deepEqual(new Set(roles), new Set(["well"]));
	});
});
