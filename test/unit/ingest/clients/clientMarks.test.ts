import assert from "node:assert/strict";
import { CLIENT_LABELS } from "../../../../src/ingest/clients/clientIdentities.ts";

describe("The marks of clients", () => {
	it("are two letters, of which no two clients have the same", () => {
		const marks = CLIENT_LABELS.map(({ mark }) => mark);
		for (const mark of marks) assert.match(mark, /^[A-Z][a-z]$/);
		assert.equal(new Set(marks).size, marks.length);
	});
});
