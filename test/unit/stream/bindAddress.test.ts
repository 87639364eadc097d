import assert from "node:assert/strict";
import { isLoopback, parseBind } from "../../../src/stream/bindAddress.ts";

describe("the address of the stream", () => {
	it("is an IP address with a port, or localhost", () => {
		assert.deepEqual(parseBind("127.0.0.1:8201"), { host: "127.0.0.1", port: 8201 });
		assert.deepEqual(parseBind(" localhost:0 "), { host: "127.0.0.1", port: 0 });
		assert.deepEqual(parseBind("[::1]:8201"), { host: "::1", port: 8201 });
		assert.deepEqual(parseBind("127.9.8.7:1"), { host: "127.9.8.7", port: 1 });
	});

	for (const text of ["", "8201", "127.0.0.1", "example.org:80", "::1:8201", "127.0.0.1:65536"]) {
		it(`is not ${JSON.stringify(text)}`, () => {
			assert.throws(() => parseBind(text), /give an address and a port/);
		});
	}

	for (const text of ["0.0.0.0:8201", "[::]:8201", "192.168.1.2:8201", "[fe80::1]:8201"]) {
		it(`is not ${text} unless others may connect`, () => {
			assert.throws(() => parseBind(text), /others could reach it/);
			assert.equal(parseBind(text, true).port, 8201);
		});
	}

	it("knows loopback in all its spellings", () => {
		const local = ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"];
		assert.deepEqual(local.filter(isLoopback), local);
		const others = ["0.0.0.0", "::", "10.0.0.1", "::2", "localhost", "", "127.0.0.1.example.org"];
		assert.deepEqual(others.filter(isLoopback), []);
	});
});
