import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { captureNames, eventFile, replay } from "../../support/hooks/captures.ts";
import { clientCaptures, replayRun } from "../../support/hooks/clientCaptures.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";

forEachShell("a recorded run of a real client", (lab) => {
	for (const name of captureNames) {
		it(`gives the events that the reader is tested with: ${name}`, async () => {
			assertRecorded(await replay(lab(), name), eventFile(name));
		});
	}

	for (const capture of clientCaptures) {
		it(`gives the events that the reader is tested with: ${capture.run}`, async () => {
			assertRecorded(await replayRun(lab(), capture), capture.eventFile);
		});
	}
});

function assertRecorded(lines: readonly string[], file: string): void {
	// After a change of the hooks that was meant: UPDATE_FIXTURES=1, and look at the diff.
	if (process.env.UPDATE_FIXTURES === "1") writeFileSync(file, `${lines.join("\n")}\n`);
	assert.deepEqual(lines, readFileSync(file, "utf8").split("\n").slice(0, -1));
}
