import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { findProgram } from "../../../scripts/setup/which.ts";
import { readOutcome } from "../../../src/ingest/outcomeMarker.ts";
import { hooksFolder } from "../../support/hooks/hookLab.ts";
import { CLAIM_CASES, MARKER } from "../../support/telemetry/outcomeClaims.ts";

describe("the outcome in an agent's message", () => {
	for (const { title, message, claim } of CLAIM_CASES) {
		if (typeof message !== "string") continue;
		it(title, () => {
			const { outcome, stubs } = readOutcome(message);
			assert.deepEqual([outcome, stubs], claim);
		});
	}

	it("is read from a long message in linear time", () => {
		const hostile = [
			`\n${" ".repeat(200_000)}`.repeat(3),
			`\n${MARKER}`.repeat(50_000),
			`\nshipped${":".repeat(200_000)}x`,
			`\nshipped: fail${"|".repeat(200_000)}x`,
			`\nstubs: ${"-".repeat(200_000)}x`,
		];
		for (const text of hostile) {
			const { outcome } = readOutcome(`${MARKER}${text}\n${MARKER}\nshipped: fail`);
			assert.equal(outcome, "fail");
		}
	});

	it("is what the hooks read, whatever the text", function () {
		const jq = findProgram("jq");
		if (jq === undefined) this.skip();
		const cases = CLAIM_CASES.flatMap(({ message }) =>
			typeof message === "string" ? message : [],
		);
		const texts = [...cases, ...fc.sample(message, { numRuns: 3000, seed: 4 })];
		assert.deepEqual(texts.map(readOutcome), readByHooks(jq, texts));
	});
});

/** Runs the hooks' own jq program once over all texts. */
function readByHooks(jq: string, texts: readonly string[]): unknown {
	const program = 'include "outcome"; map({outcome: null, stubs: null} + ([outcome] | add))';
	const { stdout, stderr } = spawnSync(jq, ["-c", "-L", join(hooksFolder, "lib"), program], {
		input: JSON.stringify(texts),
		encoding: "utf8",
		maxBuffer: 1 << 26,
	});
	assert.equal(stderr, "");
	return JSON.parse(stdout);
}

const blank = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom("", " ", "\t") },
	fc.constantFrom("\r", " \r", "\u00a0", "x", "**", "`", "- ", "> ", "1. ", "_", "|", "ſ", "🦉"),
);
const word = fc.constantFrom(
	...[
		"functional",
		"functional (all)",
		"partial: see",
		"**fail**",
		"`partial`.",
		"fail|",
		"fail-",
		"_fail_x",
		"functional/partial",
		"Partial",
		"SCAFFOLDING",
		"fail",
		"ſcaffolding",
		"functional|fail",
		"mostly",
	],
	...["failed", "a fail", ""],
);
const amount = fc.constantFrom(
	...["0", "7", "12", "123456", "1234567", "3.5", "3.", "3 of 4", "3x", "3_", "3é", "3\u0301"],
	...[
		"**3**",
		"`3`",
		"3,",
		"3,5",
		"_3_",
		"3 (x)",
		"٣",
		"3٣",
		"3²",
		"3日",
		"3‿",
		"3-",
		"-3",
		"N",
		"",
		"3\u{10000}",
		"3🦉",
		"0x1",
		"007",
	],
);
const marker = fc.oneof(
	{ weight: 6, arbitrary: fc.constant(MARKER) },
	fc.constantFrom("=== Status-Truth Marker ===", "=== STATUS-TRUTH MARKER", `"${MARKER}"`),
);
const claim = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
	fc.tuple(blank, name, blank, value, blank).map((parts) => parts.join(""));
const markerLine = fc.tuple(blank, marker, blank).map((parts) => parts.join(""));
const line = fc.oneof(
	markerLine,
	claim(fc.constantFrom("shipped:", "Shipped:", "shipped", "ſhipped:"), word),
	claim(fc.constantFrom("stubs:", "STUBS:", "stub:"), amount),
	fc.string({ unit: "binary", maxLength: 6 }),
);
const message = fc
	.tuple(
		fc.array(line, { maxLength: 2 }),
		markerLine,
		fc.array(line, { maxLength: 8, size: "max" }),
	)
	.map(([before, marked, after]) => [...before, marked, ...after])
	.chain((lines) => fc.constantFrom("\n", "\n", "\r\n").map((end) => lines.join(end)));
