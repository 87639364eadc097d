import assert from "node:assert/strict";
import { SessionPrompts } from "../../../../src/extension/sessions/sessionPrompts.ts";

describe("what sessions were asked first", () => {
	it("is read once, and again where nothing was known", async () => {
		const asked: string[] = [];
		const prompts = new SessionPrompts(async (session) => {
			asked.push(session);
			return session === "known" ? "mend it" : null;
		});
		for (const session of ["known", "known", "none", "none"]) await prompts.of(session);
		assert.deepEqual(asked, ["known", "none", "none"]);
		assert.equal(await prompts.of("known"), "mend it");
	});

	it("is nothing where reading fails", async () => {
		const prompts = new SessionPrompts(async () => {
			throw new Error("EACCES");
		});
		assert.equal(await prompts.of("a"), null);
	});

	it("is read of a few transcripts at a time", async () => {
		let [open, most] = [0, 0];
		const prompts = new SessionPrompts(async (session) => {
			most = Math.max(most, ++open);
			await new Promise((resolve) => setImmediate(resolve));
			open--;
			return session;
		});
		const sessions = Array.from({ length: 50 }, (_, index) => `s${index}`);
		const found = await Promise.all(sessions.map((session) => prompts.of(session)));
		assert.deepEqual(found, sessions);
		assert.ok(most <= 8, String(most));
	});
});
