import assert from "node:assert/strict";
import { withProof } from "../../support/client/clients/proofTable.ts";

const row = (client: string, run: string, version: string) => [
	...[client, version, run],
	...["1 of 1", "1 of 1", "1 of 1", "", "1 of 1", "1 of 1"],
];

describe("The table of the proof on real clients", () => {
	it("has new rows in the place of old ones, and keeps those of other clients and runs", () => {
		const empty = "before\n<!-- proof -->\n<!-- end of proof -->\nbehind\n";
		const first = withProof(empty, [
			row("pi", "forked", "1"),
			row("Qwen Code", "forked", "1"),
			row("Qwen Code", "taken up again", "1"),
		]);
		const second = withProof(first, [
			row("Qwen Code", "forked", "2"),
			row("opencode", "forked", "2"),
		]);
		const rows = second.split("\n").filter((line) => line.startsWith("| "));
		assert.deepEqual(
			rows.slice(2).map((line) => line.split(" | ").slice(0, 3).join(" ")),
			[
				"| opencode 2 forked",
				"| pi 1 forked",
				"| Qwen Code 1 taken up again",
				"| Qwen Code 2 forked",
			],
		);
		assert.match(rows[2] ?? "", /\| 1 of 1 \| {2}\| 1 of 1 \| 1 of 1 \|$/);
		assert.ok(second.startsWith("before\n") && second.endsWith("\nbehind\n"));
		assert.equal(withProof(second, []), second);
	});

	it("has to have a place", () => {
		assert.throws(() => withProof("nothing", []), /no place/);
	});
});
