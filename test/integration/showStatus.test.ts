import assert from "node:assert/strict";
import type { Api } from "../../src/extension/main.ts";
import { activated, whenFeed } from "../support/vscode/extension.ts";
import type { LogFile } from "../support/vscode/logFile.ts";
import { followOwnLog, leaveOwnLog } from "../support/vscode/ownLog.ts";

describe("Show Status", () => {
	let api: Api;
	let log: LogFile;

	beforeEach(async () => {
		api = await activated();
		log = await followOwnLog(api);
	});

	afterEach(async () => {
		await leaveOwnLog(log);
	});

	it("names the log, its state and what was read of it", async () => {
		log.append((events) => events.add("session_start").start("a1", "Explore").use("c1", "a1"));
		await whenFeed(api, () => api.feed.mirror.counters.toolCalls === 1);
		const report = await api.status();
		assert.ok(report.includes(log.path));
		assert.match(report, /\| lines \| 3 \|/);
		assert.match(report, /\| agents at work \| 1 \|/);
		assert.match(report, /`agent_start`/);
	});

	it("counts each kind of bad line by its name, and throws nothing", async () => {
		log.append((events) => events.add("session_start"));
		log.appendText("\u0000\u0001\u0002 rubbish\n");
		log.appendText("[1,2,3]\n");
		log.appendText('{"v":2,"event":"no_such_event","ts":"2026-01-01T00:00:00.000Z"}\n');
		log.appendText(`{"v":2,"event":"tool_use","id":"${"x".repeat(2_000_000)}"}\n`);
		log.appendText('{"v":2,"event":"agent_start","__proto__":{"agent_id":"a"},"session_id":7}\n');
		log.appendText(`${"[".repeat(5_000)}\n`);
		log.append((events) => events.start("a1", "<script>alert(1)</script>"));
		await whenFeed(api, () => api.feed.mirror.counters.alive === 1);
		const report = await api.status();
		for (const kind of ["not_json", "not_an_object", "unknown_event", "line_too_long"]) {
			assert.ok(report.includes(`\`${kind}\``), `${kind} is missing in\n${report}`);
		}
		assert.match(report, /\| bad lines \| [6-9] \|/);
		assert.doesNotMatch(report, /<script>/);
	});
});
