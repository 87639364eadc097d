import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { payload } from "../../support/hooks/payloads.ts";

forEachShell("timestamps", (lab) => {
	it("are ISO-8601 in UTC, with milliseconds of the moment of writing", async () => {
		const before = Date.now();
		for (let run = 0; run < 5; run++) {
			await lab().run("agent-lifecycle.sh", payload("Stop"), { TZ: "Asia/Tokyo" });
		}
		const after = Date.now();
		const stamps = lab()
			.lines()
			.map((line) => String(JSON.parse(line).ts));
		for (const stamp of stamps) {
			assert.match(stamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			assert.ok(Date.parse(stamp) >= before && Date.parse(stamp) <= after, stamp);
		}
		// Five runs that all end on a whole second would mean that the digits are made up.
		assert.ok(stamps.some((stamp) => !stamp.endsWith(".000Z")));
	});
});
