import assert from "node:assert/strict";
import { ClientLabels } from "../../../../src/webview/text/clientLabels.ts";

describe("clients as the page tells them", () => {
	it("are told as the host says", () => {
		const label = { name: "toy-cli", title: "toyCLI", mark: "Tc" };
		assert.deepEqual(new ClientLabels([label]).of("toy-cli"), label);
	});

	for (const [name, title, mark] of [
		["some-cli", "Some CLI", "So"],
		["x", "X", "X"],
		["", "", ""],
		["constructor", "Constructor", "Co"],
	] as const) {
		it(`are told by the name ${JSON.stringify(name)} where the host says nothing`, () => {
			assert.deepEqual(new ClientLabels([]).of(name), { name, title, mark });
		});
	}
});
