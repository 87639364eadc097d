import assert from "node:assert/strict";
import { SessionBeginnings } from "../../../../src/extension/sessions/sessionBeginnings.ts";

const told = (prompt: string | null) => ({ prompt, branch: "" });

describe("how sessions began", () => {
	it("is read once, and again where nothing was known", async () => {
		const asked: string[] = [];
		const beginnings = new SessionBeginnings(async (session) => {
			asked.push(session);
			return told(session === "known" ? "mend it" : null);
		});
		for (const session of ["known", "known", "none", "none"]) await beginnings.of(session);
		assert.deepEqual(asked, ["known", "none", "none"]);
		assert.equal((await beginnings.of("known")).prompt, "mend it");
		assert.equal(beginnings.known("known").prompt, "mend it");
		assert.equal(beginnings.known("none").prompt, null);
	});

	it("is nothing where reading fails", async () => {
		const beginnings = new SessionBeginnings(async () => {
			throw new Error("EACCES");
		});
		assert.deepEqual(await beginnings.of("a"), told(null));
	});

	it("is read of a few transcripts at a time", async () => {
		let [open, most] = [0, 0];
		const beginnings = new SessionBeginnings(async (session) => {
			most = Math.max(most, ++open);
			await new Promise((resolve) => setImmediate(resolve));
			open--;
			return told(session);
		});
		const sessions = Array.from({ length: 50 }, (_, index) => `s${index}`);
		const found = await Promise.all(sessions.map((session) => beginnings.of(session)));
		assert.deepEqual(
			found.map(({ prompt }) => prompt),
			sessions,
		);
		assert.ok(most <= 8, String(most));
	});
});
