import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../src/extension/ids.ts";
import type { Api } from "../../src/extension/main.ts";
import { INSIGHTS_SUBPROTOCOL } from "../../src/protocol/stream.ts";
import { eventually, following, leave, setSetting } from "../support/vscode/extension.ts";
import { createLogFile } from "../support/vscode/logFile.ts";

describe("the stream of the window", () => {
	let api: Api;
	const log = createLogFile();

	before(async () => {
		api = await following(log);
	});

	after(() => leave(log, "stream.enabled", "stream.bind"));

	it("is off until it is asked for", async () => {
		assert.equal(api.stream.pageUrl, null);
		assert.match(await api.status(), /## Stream\n\nOff\./);
	});

	it("answers the page of figures from the window's telemetry", async () => {
		await setSetting("stream.bind", "127.0.0.1:0");
		await setSetting("stream.enabled", true);
		await eventually(() => api.stream.pageUrl !== null);
		const url = new URL(api.stream.pageUrl ?? "");
		const token = new URLSearchParams(url.hash.slice(1)).get("token") ?? "";
		const protocols = [INSIGHTS_SUBPROTOCOL, "bearer", token];
		const socket = new WebSocket(`ws://${url.host}/stream`, protocols);
		const answers: unknown[] = [];
		socket.addEventListener("message", ({ data }) => {
			const message = JSON.parse(String(data));
			if (message.type !== "changed") answers.push(message);
		});
		await eventually(() => socket.readyState === WebSocket.OPEN && api.telemetry.current !== null);
		const question = { kind: "titles", sessions: ["s"] };
		socket.send(JSON.stringify({ type: "ask", id: 1, question }));
		await eventually(() => answers.length === 1);
		const value = [{ session: "s", title: "" }];
		assert.deepEqual(answers[0], { type: "answer", id: 1, value });
		const period = { from: 0, until: Date.now(), grain: "month", filter: {} };
		const insights = { kind: "insights", ...period };
		socket.send(JSON.stringify({ type: "ask", id: 2, question: insights }));
		await eventually(() => answers.length === 2);
		assert.match(JSON.stringify(answers[1]), /^{"type":"answer","id":2,"value":{"query":/);
		socket.close();
		await setSetting("stream.enabled", false);
		await eventually(() => api.stream.pageUrl === null);
	});

	it("serves the window's graph at once, and says where", async () => {
		await setSetting("stream.bind", "127.0.0.1:0");
		await setSetting("stream.enabled", true);
		await eventually(() => api.stream.pageUrl !== null);
		await vscode.commands.executeCommand(commands.copyStreamUrl);
		const url = new URL(await vscode.env.clipboard.readText());
		assert.equal(url.href, api.stream.pageUrl);
		assert.match(await (await fetch(url.origin)).text(), /browserHost\.js/);
		const token = new URLSearchParams(url.hash.slice(1)).get("token") ?? "";
		const socket = new WebSocket(`ws://${url.host}/stream`, ["bearer", token]);
		const messages: string[] = [];
		socket.addEventListener("message", ({ data }) => messages.push(String(data)));
		await eventually(() => messages.length === 1);
		assert.match(messages[0] ?? "", /^{"type":"snapshot".*"agent_id":"a1"/);
		log.append((events) => events.use("c1", "a1"));
		await eventually(() => messages.length === 2);
		assert.match(messages[1] ?? "", /^{"type":"event".*"tool_use"/);
		const status = await api.status();
		assert.ok(status.includes(`Listening on \`${url.origin}\`: 1 connected.`), status);
		assert.ok(!status.includes(token));
		let isClosed = false;
		socket.addEventListener("close", () => {
			isClosed = true;
		});
		await setSetting("stream.enabled", false);
		await eventually(() => isClosed && api.stream.pageUrl === null);
	});

	it("never listens for others, whatever the setting says", async () => {
		await setSetting("stream.bind", "0.0.0.0:0");
		await setSetting("stream.enabled", true);
		await eventually(() => api.stream.report().includes("others could reach it"));
		assert.equal(api.stream.pageUrl, null);
	});
});
