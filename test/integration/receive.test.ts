import assert from "node:assert/strict";
import type { Api } from "../../src/extension/main.ts";
import {
	eventually,
	following,
	leave,
	setSetting,
	shownNodes,
	whenFeed,
} from "../support/vscode/extension.ts";
import { createLogFile } from "../support/vscode/logFile.ts";

const AGENT = "a0eed7fb6fbde3df5";

/** A request of an agent, as Claude Code sends it. */
function requestOf(agent: string): string {
	const told = {
		"event.name": "api_request",
		"event.timestamp": new Date().toISOString(),
		"session.id": "s-received",
		agent_id: agent,
		"agent.name": "Explore",
	};
	const attributes = Object.entries(told).map(([key, stringValue]) => ({
		key,
		value: { stringValue },
	}));
	const service = { key: "service.name", value: { stringValue: "claude-code" } };
	const resource = { attributes: [service] };
	return JSON.stringify({
		resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ attributes }] }] }],
	});
}

describe("what the window receives over OTLP", () => {
	let api: Api;
	const log = createLogFile();

	before(async () => {
		api = await following(log);
	});

	after(() => leave(log, "receive.enabled", "receive.bind"));

	it("is nothing until it is asked for", async () => {
		assert.equal(api.receive.origin, null);
		assert.match(await api.status(), /## Received over OTLP\n\nOff\./);
	});

	it("is shown at once, and counted in Show Status, until it is turned off", async () => {
		await setSetting("receive.bind", "127.0.0.1:0");
		await setSetting("receive.enabled", true);
		await eventually(() => api.receive.origin !== null);
		const { origin } = api.receive;
		const sent = await fetch(`${origin}/v1/logs`, {
			method: "POST",
			body: requestOf(AGENT),
			headers: { "content-type": "application/json" },
		});
		assert.equal(sent.status, 200);
		await whenFeed(api, () => shownNodes(api).has(AGENT));
		assert.match(
			await api.status(),
			/## Received over OTLP\n\nListening on `http:\/\/127\.0\.0\.1:\d+`/,
		);
		await setSetting("receive.enabled", false);
		await eventually(() => api.receive.origin === null);
		assert.match(await api.status(), /\| requests \| 1 \|/);
		await assert.rejects(fetch(`${origin}/v1/logs`));
	});

	it("is not listened for at an address that others reach", async () => {
		await setSetting("receive.bind", "0.0.0.0:0");
		await setSetting("receive.enabled", true);
		await eventually(async () => /Not listening: .*0\.0\.0\.0/.test(await api.status()));
		assert.equal(api.receive.origin, null);
	});
});
