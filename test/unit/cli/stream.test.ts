import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { appendFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { WebSocket } from "ws";
import { inProject } from "../../../scripts/paths.ts";
import type { GraphSnapshot } from "../../../src/model/views/view.ts";
import { PROTOCOL_VERSION, type SourceStatus } from "../../../src/protocol/messages.ts";
import { BEARER_SUBPROTOCOL, PAGE_SUBPROTOCOL } from "../../../src/protocol/stream.ts";
import { resultOf, runCli, startCli } from "../../support/cli/runCli.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { Connection } from "../../support/stream/streamLab.ts";
import { useTempFolder } from "../../support/tempFolder.ts";
import { copyRecent } from "../../support/transcripts/recentTranscripts.ts";

const phaseOf = (status: unknown) => (status as SourceStatus | undefined)?.phase;
const ANY_PORT = "127.0.0.1:0";
const TRANSCRIPTS = inProject("test", "fixtures", "captures", "nested-mixed", "transcripts");

describe("agent-live-graph stream", () => {
	const folder = useTempFolder();
	const children: ChildProcess[] = [];
	afterEach(() => {
		for (const child of children.splice(0)) child.kill("SIGKILL");
	});

	/** Starts the program and gives back the address of the page that it prints. */
	async function started(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const child = startCli(folder.path, ["stream", ...args], env);
		children.push(child);
		const result = resultOf(child);
		let seen = "";
		const page = await new Promise<URL>((resolve, reject) => {
			child.stdout?.on("data", (text: string) => {
				seen += text;
				const found = /^page +(\S+)\n/m.exec(seen)?.[1];
				if (found !== undefined) resolve(new URL(found));
			});
			child.on("close", () => reject(new Error(`ended after: ${seen}`)));
		});
		return { child, result, page, receive: /^receive +(\S+)$/m.exec(seen)?.[1] };
	}

	function connect(page: URL, ...protocols: readonly string[]): Connection {
		const token = new URLSearchParams(page.hash.slice(1)).get("token") ?? "";
		const offered = [...protocols, BEARER_SUBPROTOCOL, token];
		return new Connection(new WebSocket(`ws://${page.host}/stream`, offered));
	}

	/** Types of the agents that a page is shown first, once everything has been read. */
	async function shown(page: URL): Promise<string[]> {
		const client = connect(page, PAGE_SUBPROTOCOL);
		await client.until(() => client.socket.readyState === client.socket.OPEN);
		client.send({ type: "ready", protocol: PROTOCOL_VERSION });
		const snapshots = () => {
			const live = client.messages.findIndex(({ status }) => phaseOf(status) === "live");
			const since = live < 0 ? [] : client.messages.slice(live);
			return since.filter(({ type }) => type === "snapshot");
		};
		await client.until(() => snapshots().length > 0);
		const [{ nodes }] = snapshots().map(({ graph }) => graph) as [GraphSnapshot];
		return nodes.filter(({ kind }) => kind === "agent").map(({ type }) => type);
	}

	it("serves a log until it is interrupted, then ends with 0", async () => {
		const file = folder.file("events.jsonl");
		const append = (log: EventLog) =>
			appendFileSync(file, log.events.map((event) => `${JSON.stringify(event)}\n`).join(""));
		const now = new Date().toISOString();
		append(new EventLog().add("session_start", { ts: now }));
		append(new EventLog().add("agent_start", { ts: now, agent_id: "a1", agent_type: "Explore" }));
		const { child, result, page } = await started(["--bind", ANY_PORT, "--events-file", file]);
		const client = connect(page);
		const [snapshot] = await client.count(1);
		assert.match(JSON.stringify(snapshot?.alive), /^\[{"id":"a1",/);
		append(new EventLog().add("tool_use", { ts: now, agent_id: "a1", id: "c1", tool: "Read" }));
		assert.match(JSON.stringify((await client.count(2))[1]?.data), /"id":"c1"/);
		child.kill("SIGINT");
		assert.equal((await client.ended())?.code, 1001);
		assert.equal((await result).code, 0);
	});

	it("shows what a client sends over OTLP, to who has its token, where it is asked to", async () => {
		const file = folder.file("events.jsonl");
		const receiving = ["--receive", "--receive-bind", ANY_PORT];
		const { child, result, page, receive } = await started(
			["--bind", ANY_PORT, "--events-file", file, "--no-transcripts", ...receiving],
			{ KEI_GRAPH_RECEIVE_TOKEN: "open-sesame" },
		);
		const told = {
			"event.name": "api_request",
			"event.timestamp": new Date().toISOString(),
			"session.id": "s1",
			agent_id: "a1",
			"agent.name": "Explore",
		};
		const attributes = Object.entries(told).map(([key, stringValue]) => ({
			key,
			value: { stringValue },
		}));
		const service = { key: "service.name", value: { stringValue: "claude-code" } };
		const body = JSON.stringify({
			resourceLogs: [
				{ resource: { attributes: [service] }, scopeLogs: [{ logRecords: [{ attributes }] }] },
			],
		});
		const send = async (headers: Record<string, string>) => {
			const type = { "content-type": "application/json" };
			const all = { method: "POST", body, headers: { ...type, ...headers } };
			return (await fetch(`${receive}/v1/logs`, all)).status;
		};
		assert.equal(await send({}), 401);
		assert.equal(await send({ authorization: "Bearer open-sesame" }), 200);
		const client = connect(page);
		await client.until(() => JSON.stringify(client.messages).includes('"a1"'));
		child.kill("SIGINT");
		const { code, stdout, stderr } = await result;
		assert.equal(code, 0);
		assert.ok(!`${stdout}${stderr}`.includes("sesame"));
		const args = ["status", "--db", folder.file("t.db"), "--events-file", file];
		const status = await runCli(folder.path, args);
		assert.match(status.stdout, /received over OTLP +1 request, 1 record, 1 line/);
		assert.match(status.stdout, /refused with 401 +1/);
	});

	it("receives nothing unless it is asked to", async () => {
		const file = folder.file("events.jsonl");
		const { receive } = await started(["--bind", ANY_PORT, "--events-file", file]);
		assert.equal(receive, undefined);
	});

	it("takes its address and its log from the environment, and ends with 0 on SIGTERM", async () => {
		const file = folder.file("other.jsonl");
		const env = { KEI_GRAPH_STREAM_BIND: ANY_PORT, KEI_EVENTS_FILE: file };
		const { child, result, page } = await started([], env);
		assert.equal(await (await fetch(`${page.origin}/health`)).text(), "kei-graph-stream alive\n");
		child.kill("SIGTERM");
		const { code, stdout, stderr } = await result;
		assert.deepEqual([code, stderr], [0, ""]);
		assert.ok(stdout.includes(file));
	});

	it("shows the user's own transcripts, without any hook, or those of another folder", async () => {
		copyRecent(TRANSCRIPTS, folder.file(".claude/projects"));
		copyRecent(TRANSCRIPTS, folder.file("other"));
		const own = await started(["--bind", ANY_PORT]);
		const agents = await shown(own.page);
		assert.equal(agents.length, 4);
		const named = await started(["--bind", ANY_PORT, "--transcripts", folder.file("other")]);
		assert.deepEqual((await shown(named.page)).sort(), agents.sort());
		for (const { child, result } of [own, named]) {
			child.kill("SIGINT");
			const { code, stderr } = await result;
			assert.deepEqual([code, stderr], [0, ""]);
		}
		assert.match((await named.result).stdout, /^transcripts +\S+other$/m);
	});

	it("reads no transcripts where they are not wanted", async () => {
		copyRecent(TRANSCRIPTS, folder.file(".claude/projects"));
		const { page } = await started(["--bind", ANY_PORT, "--no-transcripts"]);
		assert.deepEqual(await shown(page), []);
		const both = ["stream", "--no-transcripts", "--transcripts", folder.path];
		assert.equal((await runCli(folder.path, both)).code, 2);
	});

	it("keeps its token in a file for its owner only, the same at the next start", async () => {
		const first = await started(["--bind", ANY_PORT]);
		const second = await started(["--bind", ANY_PORT]);
		assert.equal(first.page.hash, second.page.hash);
		const token = folder.file(".claude/memory/agent-live-graph-stream.token");
		assert.equal(statSync(token).mode & 0o777, 0o600);
		for (const { child, result } of [first, second]) {
			child.kill("SIGTERM");
			assert.equal((await result).stderr, "");
		}
	});

	it("does nothing when it is bypassed", async () => {
		const { code, stdout, stderr } = await runCli(folder.path, ["stream"], {
			KEI_GRAPH_STREAM_BYPASS: "1",
		});
		assert.deepEqual([code, stdout], [0, ""]);
		assert.match(stderr, /nothing is served/);
	});

	it("says that the port is taken, and ends with 1", async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
		const address = other.address();
		const port = typeof address === "object" ? address?.port : 0;
		const { code, stderr } = await runCli(folder.path, ["stream", "--bind", `127.0.0.1:${port}`]);
		other.close();
		assert.equal(code, 1);
		assert.match(stderr, /another program has the port\n$/);
	});

	it("listens for others only when that was asked for twice", async () => {
		const allowed = { KEI_GRAPH_STREAM_ALLOW_REMOTE: "1" };
		const bind = ["stream", "--bind", "0.0.0.0:0"];
		const runs = [
			await runCli(folder.path, bind),
			await runCli(folder.path, bind, allowed),
			await runCli(folder.path, [...bind, "--allow-remote"]),
		];
		for (const { code, stderr } of runs) {
			assert.equal(code, 1);
			assert.match(stderr, /others could reach it/);
		}
		const { child, result } = await started([...bind.slice(1), "--allow-remote"], allowed);
		child.kill("SIGTERM");
		assert.equal((await result).code, 0);
	});
});
