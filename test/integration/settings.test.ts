import assert from "node:assert/strict";
import type { Api } from "../../src/extension/main.ts";
import { activated, setSetting, shownNodes, whenFeed } from "../support/vscode/extension.ts";
import { createLogFile } from "../support/vscode/logFile.ts";

describe("settings", () => {
	let api: Api;
	const first = createLogFile();
	const second = createLogFile();

	before(async () => {
		api = await activated();
		first.append((events) => events.add("session_start").start("a1", "Explore"));
		second.append((events) => events.add("session_start").start("b1", "Plan").start("b2", "Plan"));
	});

	after(async () => {
		await setSetting("eventsFile", undefined);
		await setSetting("reapAfterMinutes", undefined);
		first.remove();
		second.remove();
	});

	it("another events file replaces the graph at once", async () => {
		await setSetting("eventsFile", first.path);
		await whenFeed(api, () => shownNodes(api).has("a1"));
		await setSetting("eventsFile", second.path);
		await whenFeed(api, () => shownNodes(api).has("b2"));
		assert.equal(shownNodes(api).has("a1"), false);
		assert.equal(api.feed.mirror.counters.alive, 2);
	});

	it("a shorter time without a sign of life takes effect at once", async () => {
		const past = new Date(Date.now() - 10 * 60_000).toISOString();
		const old = createLogFile();
		for (const fields of [{ event: "session_start" }, { event: "agent_start", agent_id: "old" }]) {
			const event = { v: 2, ts: past, session_id: "s-old", agent_type: "Explore", ...fields };
			old.appendText(`${JSON.stringify(event)}\n`);
		}
		await setSetting("eventsFile", old.path);
		await whenFeed(api, () => shownNodes(api).get("old")?.state === "running");
		await setSetting("reapAfterMinutes", 5);
		await whenFeed(api, () => shownNodes(api).get("old")?.state === "lost");
		assert.equal(api.feed.mirror.counters.lost, 1);
		old.remove();
	});
});
