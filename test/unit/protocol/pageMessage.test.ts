import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parsePageMessage } from "../../../src/protocol/pageMessage.ts";

describe("parsePageMessage", () => {
	it("lets through what the protocol names, and nothing more of it", () => {
		assert.deepEqual(parsePageMessage({ type: "ready", protocol: 1, path: "/etc/passwd" }), {
			type: "ready",
			protocol: 1,
		});
		assert.deepEqual(parsePageMessage({ type: "selected", id: "n12" }), {
			type: "selected",
			id: "n12",
		});
		assert.deepEqual(parsePageMessage({ type: "selected", id: null }), {
			type: "selected",
			id: null,
		});
		const nothing = { type: "record", id: null };
		assert.deepEqual(parsePageMessage({ ...nothing, session: "s" }), nothing);
		assert.deepEqual(parsePageMessage({ type: "resync" }), { type: "resync" });
		const agent = { session: "5e55104e-0000", agent: "a1" };
		const file = { type: "openFile", ...agent, call: "toolu_1" };
		assert.deepEqual(parsePageMessage({ ...file, path: "/etc/passwd" }), file);
		const end = { type: "openTranscript", ...agent, agent: "", call: null };
		assert.deepEqual(parsePageMessage(end), end);
		const svg = {
			type: "exported",
			format: "svg",
			data: '<svg xmlns="http://www.w3.org/2000/svg">',
		};
		assert.deepEqual(parsePageMessage({ ...svg, path: "/etc/passwd" }), svg);
		const png = { type: "exported", format: "png", data: "iVBORw0KGgoAAAANSUhEUg" };
		assert.deepEqual(parsePageMessage({ ...png, name: "../x" }), png);
		const all = { type: "exportSession", id: null };
		assert.deepEqual(parsePageMessage({ ...all, file: "/etc/passwd" }), all);
		assert.deepEqual(parsePageMessage({ type: "invoke", action: "playDemo" }), {
			type: "invoke",
			action: "playDemo",
		});
	});

	it("refuses ids that are no keys, actions that are not on the list, and anything else", () => {
		const refused: unknown[] = [
			{ type: "selected", id: "../../etc" },
			{ type: "selected", id: "n1; rm" },
			{ type: "selected", id: `n${"1".repeat(20)}` },
			{ type: "record", id: "5e55104e-0000" },
			{ type: "copyId" },
			{ type: "copyId", id: 7 },
			{ type: "openSource", id: "n1" },
			{ type: "copyId", id: "a b" },
			{ type: "openTranscript", session: "s1", agent: "a1" },
			{ type: "openTranscript", session: "s1", agent: "a1", call: "../t1" },
			{ type: "openTranscript", session: "s1", agent: "/etc", call: null },
			{ type: "openTranscript", session: "", agent: "a1", call: null },
			{ type: "openFile", session: "s1", agent: "a1", call: null },
			{ type: "openFile", session: "s1", agent: "a1", call: "a b" },
			{ type: "openFile", session: "../s1", agent: "", call: "toolu_1" },
			{ type: "invoke", action: "workbench.action.quit" },
			{ type: "invoke", action: "toString" },
			{ type: "exported", format: "exe", data: "iVBORw0KGgo" },
			{ type: "exported", format: "png", data: '<svg xmlns="http://www.w3.org/2000/svg">' },
			{ type: "exported", format: "svg", data: "<html>" },
			{
				type: "exported",
				format: "svg",
				data: '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
			},
			{ type: "exported", format: "png", data: ["iVBORw0KGgo"] },
			{ type: "exportSession", id: "5e55104e-0000" },
			{ type: "exportSession" },
			{ type: "ready", protocol: "1" },
			{ type: "clientError" },
			{ type: "eval", code: "1" },
			null,
			undefined,
			7,
			"ready",
			[],
		];
		for (const raw of refused) assert.equal(parsePageMessage(raw), null);
	});

	it("bounds the text of an error", () => {
		const message = parsePageMessage({ type: "clientError", message: "x".repeat(1_000_000) });
		assert.ok(message?.type === "clientError" && message.message.length === 2000);
	});

	it("never throws", () => {
		fc.assert(fc.property(fc.anything(), (raw) => void parsePageMessage(raw)));
	});
});
