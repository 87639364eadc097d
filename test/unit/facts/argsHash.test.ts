import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { argsHash } from "../../../src/facts/argsHash.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("The hash of a call's arguments", () => {
	it("is that of their JSON with sorted keys at every depth", () => {
		const input = { b: [{ y: 1, x: "é\u2028" }, null, true], a: 1e21, "": -0 };
		assert.equal(argsHash(input), sha256('{"":0,"a":1e+21,"b":[{"x":"é\u2028","y":1},null,true]}'));
		assert.equal(argsHash({}), sha256("{}"));
	});

	it("leaves out what JSON leaves out", () => {
		assert.equal(argsHash({ a: undefined, b: [undefined] }), sha256('{"b":[null]}'));
		assert.equal(argsHash(undefined), null);
	});

	it("does not depend on the order of keys", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
				const turned = Object.fromEntries(Object.entries(fields).reverse());
				assert.equal(argsHash(turned), argsHash(fields));
				assert.match(argsHash(fields) ?? "", /^[0-9a-f]{64}$/);
			}),
		);
	});

	it("is given up on where arguments are nested beyond all reason", () => {
		let nested: unknown = 1;
		for (let depth = 0; depth < 100_000; depth++) nested = [nested];
		assert.equal(argsHash(nested), null);
	});
});
