import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { mock } from "node:test";
import { PAGE_SUBPROTOCOL } from "../../../src/protocol/stream.ts";
import { DEFAULT_LIMITS, StreamServer } from "../../../src/stream/streamServer.ts";
import { FakeFeed, FakeInsights, StreamLab, TOKEN } from "../../support/stream/streamLab.ts";

describe("the stream's server", () => {
	let lab: StreamLab;
	beforeEach(() => {
		lab = new StreamLab();
	});
	afterEach(() => lab.stop());

	it("says that it is alive without a token", async () => {
		await lab.start();
		const { status, body } = await lab.get("/health");
		assert.deepEqual([status, body], [200, "kei-graph-stream alive\n"]);
	});

	it("serves the page and its files with a policy that allows nothing inline", async () => {
		await lab.start();
		const { status, body, headers } = await lab.get("/?whatever");
		assert.equal(status, 200);
		const policy = /Content-Security-Policy" content="([^"]+)"/.exec(body)?.[1] ?? "";
		assert.match(
			policy,
			/^default-src 'none'; script-src 'nonce-[\w+/]+={0,2}'; style-src 'self';/,
		);
		assert.doesNotMatch(policy, /unsafe|\*/);
		assert.match(String(headers["content-security-policy"]), /frame-ancestors 'none'/);
		assert.doesNotMatch(body, /<script(?![^>]*\ssrc=)|<style|\sstyle=/);
		assert.doesNotMatch(body, new RegExp(TOKEN));
		const again = await lab.get("/");
		assert.notEqual(again.body, body, "the nonce is new each time");
		for (const [path, type] of [
			["/main.js", "text/javascript"],
			["/browserHost.js", "text/javascript"],
			["/style.css", "text/css"],
			["/insightsHost.js", "text/javascript"],
			["/insights.js", "text/javascript"],
			["/insightsStyle.css", "text/css"],
		] as const) {
			const file = await lab.get(path);
			assert.equal(file.status, 200);
			assert.equal(file.headers["content-type"], `${type}; charset=utf-8`);
			assert.equal(file.headers["x-content-type-options"], "nosniff");
		}
	});

	it("serves nothing else", async () => {
		await lab.start();
		for (const path of ["/../package.json", "/%2e%2e/cli.js", "/constructor", "/meta/cli.json"]) {
			assert.equal((await lab.get(path)).status, 404, path);
		}
		assert.equal((await lab.get("/stream")).status, 426);
		assert.equal((await lab.get("/", {}, "POST")).status, 405);
	});

	it("gives its address for a browser, with the token where it is never sent", async () => {
		const { origin, pageUrl } = await lab.start();
		assert.equal(pageUrl, `${origin}/#token=${TOKEN}`);
	});

	it("answers with the subprotocol and never with the token", async () => {
		await lab.start();
		const plain = lab.connect();
		await plain.count(1);
		assert.equal(plain.socket.protocol, "bearer");
		const page = lab.connect({ protocols: [PAGE_SUBPROTOCOL] });
		await page.until(() => page.socket.readyState === page.socket.OPEN);
		assert.equal(page.socket.protocol, PAGE_SUBPROTOCOL);
	});

	it("refuses a wrong Origin, no token, a wrong token and a rebound Host", async () => {
		const { origin } = await lab.start();
		const port = new URL(origin).port;
		assert.equal(await lab.connect({ origin: "https://evil.example" }).refused(), 403);
		assert.equal(await lab.connect({ token: null }).refused(), 401);
		assert.equal(await lab.connect({ token: "wrong" }).refused(), 401);
		const host = { Host: `evil.example:${port}` };
		assert.equal(await lab.connect({ headers: host }).refused(), 421);
		assert.equal((await lab.get("/", host)).status, 421);
		assert.equal((await lab.get("/health", host)).status, 421);
		assert.equal(lab.server.clients, 0);
		assert.doesNotMatch(lab.notes.join("\n"), new RegExp(`${TOKEN}|wrong$`));
	});

	it("refuses connections to other paths, and more than its bound", async () => {
		const { origin } = await lab.start({ maxClients: 1 });
		const url = `${origin.replace("http", "ws")}/other`;
		assert.equal(await lab.connect({ url }).refused(), 404);
		await lab.connect().count(1);
		assert.equal(await lab.connect().refused(), 503);
	});

	it("ends a connection at the head of a frame of 100 MB, before its body", async () => {
		await lab.start();
		const client = lab.connect();
		await client.count(1);
		const size = Buffer.alloc(8);
		size.writeBigUInt64BE(100n * 1024n * 1024n);
		// FIN and text, masked, with a length of 64 bits.
		const head = Buffer.concat([Buffer.from([0x81, 0xff]), size, Buffer.alloc(4)]);
		const { _socket: raw } = client.socket as unknown as { _socket: { write(data: Buffer): void } };
		raw.write(head);
		assert.equal((await client.ended())?.code, 1009);
	});

	it("drops a peer that answers no ping, and keeps one that does", async () => {
		mock.timers.enable({ apis: ["setInterval"] });
		try {
			await lab.start();
			const dead = lab.connect({ autoPong: false });
			const alive = lab.connect();
			await dead.count(1);
			await alive.count(1);
			for (let pings = 0; pings < 3; pings++) {
				const pinged = once(alive.socket, "ping");
				mock.timers.tick(DEFAULT_LIMITS.pingEveryMs);
				await pinged;
				// The pong is on its way, and before this.
				await lab.get("/health");
			}
			assert.equal((await dead.ended())?.code, 1006);
			assert.equal(alive.closed, null);
		} finally {
			mock.timers.reset();
		}
	});

	it("survives what is no request", async () => {
		const { origin } = await lab.start();
		const socket = connect(Number(new URL(origin).port), "127.0.0.1");
		const ended = new Promise((resolve) => socket.on("close", resolve).on("error", () => {}));
		socket.resume().end("\x16\x03\x01 nonsense\r\n\r\n");
		await ended;
		assert.equal((await lab.get("/health")).status, 200);
	});

	it("tells its clients when it ends, and lets go of its source and its port", async () => {
		const { origin } = await lab.start();
		const client = lab.connect();
		await client.count(1);
		assert.equal(lab.feed.listeners, 1);
		await lab.server.close();
		assert.deepEqual(await client.ended(), { code: 1001, reason: "the stream ends" });
		assert.equal(lab.feed.listeners, 0);
		const bind = { host: "127.0.0.1", port: Number(new URL(origin).port) };
		const next = await startOther(bind);
		await next.close();
	});

	it("says that the port is taken", async () => {
		const { origin } = await lab.start();
		const bind = { host: "127.0.0.1", port: Number(new URL(origin).port) };
		await assert.rejects(startOther(bind), /another program has the port/);
	});
});

function startOther(bind: { host: string; port: number }): Promise<StreamServer> {
	const feed = new FakeFeed();
	return StreamServer.start({
		bind,
		token: TOKEN,
		feed,
		insights: () => new FakeInsights(),
		pageFolder: "",
		note: () => {},
	});
}
