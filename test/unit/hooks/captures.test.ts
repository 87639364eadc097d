import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { captureNames, eventFile, replay } from "../../support/hooks/captures.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";

forEachShell("a recorded run of the real client", (lab) => {
	for (const name of captureNames) {
		it(`gives the events that the reader is tested with: ${name}`, async () => {
			const lines = await replay(lab(), name);
			// After a change of the hooks that was meant: UPDATE_FIXTURES=1, and look at the diff.
			if (process.env.UPDATE_FIXTURES === "1")
				writeFileSync(eventFile(name), `${lines.join("\n")}\n`);
			assert.deepEqual(lines, readFileSync(eventFile(name), "utf8").split("\n").slice(0, -1));
		});
	}
});
