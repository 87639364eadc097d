import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readReceived } from "../../../src/ingest/otlp/receivedFigures.ts";
import { OtlpReceiver, type OtlpReceiverOptions } from "../../../src/receive/otlpReceiver.ts";
import { familyOf, recordedOtlp } from "../../support/otlp/recordedOtlp.ts";
import { eventsOf } from "../../support/telemetry/telemetry.ts";

const RUN = "claude-code/mixed-all";
const JSON_TYPE = { "content-type": "application/json" };
const NOTHING = '{"resourceLogs":[]}';

describe("The receiver of OTLP", () => {
	let folder: string;
	let eventsFile: string;
	let receiver: OtlpReceiver;
	const notes: string[] = [];

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "agent-live-graph-receive-"));
		eventsFile = join(folder, "memory", "agent-events.jsonl");
		notes.length = 0;
	});
	afterEach(async () => {
		await receiver.close();
		rmSync(folder, { recursive: true });
	});

	async function start(more: Partial<OtlpReceiverOptions> = {}): Promise<void> {
		const note = (text: string) => void notes.push(text);
		const options = { bind: "127.0.0.1:0", token: "", eventsFile, priceOf: () => null, note };
		receiver = await OtlpReceiver.start({ ...options, ...more });
	}

	function post(
		path: string,
		body: string | Buffer,
		headers: Record<string, string> = {},
	): Promise<Response> {
		const bytes = new Uint8Array(Buffer.from(body));
		return fetch(receiver.origin + path, {
			method: "POST",
			headers: { ...JSON_TYPE, ...headers },
			body: bytes,
		});
	}

	const logged = () =>
		readFileSync(eventsFile, "utf8")
			.split("\n")
			.filter((line) => line !== "");

	async function sendRun(): Promise<void> {
		for (const { path, body } of recordedOtlp(RUN)) {
			const response = await post(path, JSON.stringify(body));
			assert.deepEqual([response.status, await response.text()], [200, "{}"]);
		}
	}

	it("writes a run into the event log, where it is the family that it was", async () => {
		await start();
		await sendRun();
		const family = familyOf(eventsOf(logged().map((line) => JSON.parse(line))));
		assert.equal(family.length, 5);
		assert.match(family[0] ?? "", /5 calls, 2 failed/);
		assert.ok(logged().every((line) => Buffer.byteLength(line) < 4096));
		if (process.platform !== "win32") assert.equal(statSync(eventsFile).mode & 0o777, 0o600);
	});

	it("writes each thing once, however often it is sent, also by a receiver that is started anew", async () => {
		await start();
		await sendRun();
		const once = logged();
		await sendRun();
		assert.deepEqual(logged(), once);
		await receiver.close();
		const whole = logged();
		await start();
		await sendRun();
		await receiver.close();
		assert.deepEqual(logged(), whole);
		await start();
	});

	it("takes gzip, and all three signals", async () => {
		await start();
		const [, first] = recordedOtlp(RUN);
		const packed = gzipSync(JSON.stringify(first?.body));
		assert.equal((await post("/v1/logs", packed, { "content-encoding": "gzip" })).status, 200);
		assert.equal((await post("/v1/traces", '{"resourceSpans":[]}')).status, 200);
		assert.equal((await post("/v1/metrics", '{"resourceMetrics":[]}')).status, 200);
		assert.ok(logged().length > 0);
	});

	it("refuses what is too large, also once it is unpacked, without unpacking all of it", async () => {
		await start({ limits: { sent: 1000, unpacked: 10_000 } });
		assert.equal((await post("/v1/logs", " ".repeat(2000))).status, 413);
		const bomb = gzipSync(Buffer.alloc(900_000, " "));
		assert.ok(bomb.length < 1000);
		assert.equal((await post("/v1/logs", bomb, { "content-encoding": "gzip" })).status, 413);
		assert.equal((await post("/v1/logs", NOTHING)).status, 200);
	});

	it("refuses what is too large where no length is told", async () => {
		await start({ limits: { sent: 1000 } });
		const { port } = new URL(receiver.origin);
		const answer = await new Promise<string>((resolve) => {
			const socket = connect(Number(port), "127.0.0.1", () => {
				const head =
					"POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
				socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n7d0\r\n${" ".repeat(2000)}\r\n`);
			});
			let text = "";
			socket.on("data", (chunk) => {
				text += chunk;
			});
			socket.on("close", () => resolve(text));
		});
		assert.match(answer, /^HTTP\/1.1 413 /);
	});

	it("says when to come again to who sends too often", async () => {
		await start({ limits: { burst: 3, perSecond: 0.5 } });
		const all: Response[] = [];
		for (let count = 0; count < 4; count++) all.push(await post("/v1/logs", NOTHING));
		assert.deepEqual(
			all.map(({ status }) => status),
			[200, 200, 200, 429],
		);
		assert.equal(all[3]?.headers.get("retry-after"), "2");
	});

	it("refuses pages of any site, also this machine's", async () => {
		await start();
		for (const headers of [
			{ origin: "https://evil.example" },
			{ origin: "http://localhost:3000" },
			{ origin: "null" },
			{ "sec-fetch-site": "same-origin" },
		]) {
			assert.equal(await statusOf(headers), 403, JSON.stringify(headers));
		}
	});

	it("answers clients however often a page of some site calls", async () => {
		await start({ limits: { burst: 3, perSecond: 0.001 } });
		for (let count = 0; count < 5; count++) {
			assert.equal(await statusOf({ origin: "https://evil.example" }), 403);
		}
		assert.equal(await statusOf({}), 200);
	});

	it("refuses a name that is rebound to this machine", async () => {
		await start();
		assert.equal(await statusOf({ host: "evil.example:4318" }), 421);
		assert.equal(await statusOf({ host: "localhost:14318" }), 200);
	});

	it("asks for the token where there is one, and then knows any name", async () => {
		await start({ token: "a-secret" });
		assert.equal(await statusOf({}), 401);
		assert.equal(await statusOf({ authorization: "Bearer a-secre" }), 401);
		const authorization = "Bearer a-secret";
		assert.equal(await statusOf({ authorization }), 200);
		assert.equal(await statusOf({ authorization, host: "host.docker.internal:4318" }), 200);
		assert.equal(await statusOf({ authorization, origin: "http://localhost" }), 403);
		assert.ok(!notes.join().includes("a-secret"));
	});

	it("refuses other paths, methods, types, packings and what is no request", async () => {
		await start();
		assert.equal((await post("/v1/profiles", NOTHING)).status, 404);
		assert.equal((await fetch(`${receiver.origin}/v1/logs`)).status, 405);
		const other = { "content-type": "application/x-protobuf" };
		const refused = await post("/v1/logs", NOTHING, other);
		assert.equal(refused.status, 415);
		assert.match(await refused.text(), /http\/json/);
		assert.equal((await post("/v1/logs", NOTHING, { "content-encoding": "br" })).status, 415);
		assert.equal((await post("/v1/logs", "x", { "content-encoding": "gzip" })).status, 400);
		for (const body of ["", "{", "[]", "null", "1", '{"resourceSpans":[]}']) {
			assert.equal((await post("/v1/logs", body)).status, 400, body);
		}
	});

	it("takes any JSON for what it is", async () => {
		await start();
		const odd = {
			a: 1,
			resource: [],
			scopeLogs: [null, 3, { logRecords: [null, {}, { attributes: 7 }] }],
		};
		assert.equal(
			(await post("/v1/logs", JSON.stringify({ resourceLogs: [null, odd] }))).status,
			200,
		);
		assert.throws(logged, { code: "ENOENT" });
	});

	it("counts what it does not understand, and keeps the figures", async () => {
		await start();
		const record = (name: string) => ({
			attributes: [{ key: "event.name", value: { stringValue: name } }],
		});
		const from = (service: string, ...names: string[]) => ({
			resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] },
			scopeLogs: [{ logRecords: names.map(record) }],
		});
		const known = [from("claude-code", "brand_new", "brand_new", "two\nlines <b>")];
		await post("/v1/logs", JSON.stringify({ resourceLogs: known }));
		const others = Array.from({ length: 100 }, (_, at) => from(`service-${at}`, "x"));
		await post("/v1/logs", JSON.stringify({ resourceLogs: [from("my-app", "x"), ...others] }));
		await post("/v1/nothing", "");
		await receiver.close();
		const first = readReceived(eventsFile);
		assert.deepEqual([first?.requests, first?.records, first?.refused], [2, 104, { 404: 1 }]);
		assert.equal(first?.unknown["claude-code brand_new"], 2);
		assert.equal(first?.unknown["service my-app"], 1);
		assert.ok(Object.keys(first?.unknown ?? {}).length <= 51);
		assert.ok(!JSON.stringify(first).includes("<b>"));
		await start();
		await post("/v1/logs", NOTHING);
		await receiver.close();
		assert.equal(readReceived(eventsFile)?.requests, 3);
		await start();
	});

	it("says that the log takes nothing, and writes it once it does", async () => {
		await start();
		const [, first, second] = recordedOtlp(RUN);
		writeFileSync(join(folder, "memory"), "in the way");
		const refused = await post("/v1/logs", JSON.stringify(first?.body));
		assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "5"]);
		rmSync(join(folder, "memory"));
		await post("/v1/logs", JSON.stringify(first?.body));
		const once = logged();
		assert.ok(once.length > 0);
		await post("/v1/logs", JSON.stringify(second?.body));
		assert.equal(new Set(logged()).size, logged().length);
		assert.ok(notes.some((note) => note.includes("not written")));
	});

	/** Of a request whose headers no `fetch` would set. */
	function statusOf(headers: Record<string, string>): Promise<number> {
		const { port } = new URL(receiver.origin);
		const all = { host: "127.0.0.1", ...JSON_TYPE, "content-length": NOTHING.length, ...headers };
		const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
		return new Promise((resolve, reject) => {
			const socket = connect(Number(port), "127.0.0.1", () => {
				socket.write(`POST /v1/logs HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n${NOTHING}`);
			});
			socket.on("error", reject);
			socket.once("data", (chunk) => {
				resolve(Number(/^HTTP\/1.1 (\d+)/.exec(String(chunk))?.[1]));
				socket.destroy();
			});
		});
	}
});
