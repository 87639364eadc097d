import assert from "node:assert/strict";
import { Access } from "../../../src/stream/access.ts";
import { TOKEN } from "../../support/stream/streamLab.ts";

const HOST = "127.0.0.1:8201";
const bearer = { "sec-websocket-protocol": `bearer, ${TOKEN}` };

describe("access to the stream", () => {
	const local = new Access({ port: 8201, isRemote: false, token: TOKEN });
	const remote = new Access({ port: 8201, isRemote: true, token: TOKEN });

	for (const host of [HOST, "localhost:8201", "LOCALHOST:8201", "[::1]:8201"]) {
		it(`is asked for at ${host}`, () => {
			assert.equal(local.refuseStream({ host, ...bearer }), null);
		});
	}

	const foreignHosts = [
		"evil.example:8201",
		"127.0.0.1.evil.example:8201",
		"192.168.1.2:8201",
		"127.0.0.1:80",
		"127.0.0.1",
		"localhost.:8201",
		"user@127.0.0.1:8201",
		"127.0.0.1:8201/x",
		"",
		"0:8201",
	];
	for (const host of foreignHosts) {
		it(`is refused at ${JSON.stringify(host)}, which a rebound name would send`, () => {
			assert.equal(local.refuseStream({ host, ...bearer })?.status, 421);
			assert.equal(local.refuseRequest({ host })?.status, 421);
		});
	}

	it("is refused without a Host", () => {
		assert.equal(local.refuseRequest({})?.status, 421);
	});

	for (const origin of ["http://127.0.0.1:8201", "http://localhost:3000", "null", undefined]) {
		it(`is given to the origin ${origin}`, () => {
			const headers = { host: HOST, ...bearer, ...(origin === undefined ? {} : { origin }) };
			assert.equal(local.refuseStream(headers), null);
		});
	}

	const foreignOrigins = [
		"https://evil.example",
		"http://localhost.evil.example",
		"http://127.0.0.1.evil.example",
		"http://192.168.1.2:8201",
		"file://",
		"",
		"http://",
		"http://localhost@evil.example",
		"chrome-extension://abc",
		"http://evil.example:8201",
	];
	for (const origin of foreignOrigins) {
		it(`is refused to the origin ${JSON.stringify(origin)}`, () => {
			assert.equal(local.refuseStream({ host: HOST, origin, ...bearer })?.status, 403);
		});
	}

	const wrong: readonly (readonly [string, string | undefined])[] = [
		["none", undefined] as const,
		["no bearer", TOKEN] as const,
		["an empty one", "bearer, "] as const,
		["nothing behind bearer", "bearer"] as const,
		["another", `bearer, ${"b".repeat(TOKEN.length)}`] as const,
		["a part of it", `bearer, ${TOKEN.slice(0, -1)}`] as const,
		["more than it", `bearer, ${TOKEN}0`] as const,
	];
	for (const [name, protocol] of wrong) {
		it(`is refused with a wrong token: ${name}`, () => {
			const offered = protocol === undefined ? {} : { "sec-websocket-protocol": protocol };
			assert.equal(local.refuseStream({ host: HOST, ...offered })?.status, 401);
		});
	}

	it("takes the token of programs from Authorization too", () => {
		assert.equal(local.refuseStream({ host: HOST, authorization: `Bearer ${TOKEN}` }), null);
		assert.equal(local.refuseStream({ host: HOST, authorization: `Basic ${TOKEN}` })?.status, 401);
	});

	it("never names the token in a refusal", () => {
		const refusal = local.refuseStream({ host: HOST, "sec-websocket-protocol": "bearer, secret" });
		assert.doesNotMatch(JSON.stringify(refusal), /secret|a-token/);
	});

	it("takes addresses, and still no names, where others may connect", () => {
		const host = "192.168.1.2:8201";
		assert.equal(remote.refuseStream({ host, origin: `http://${host}`, ...bearer }), null);
		assert.equal(remote.refuseRequest({ host: "evil.example:8201" })?.status, 421);
		const other = remote.refuseStream({ host, origin: "http://192.168.1.3:8201", ...bearer });
		assert.equal(other?.status, 403);
	});
});
