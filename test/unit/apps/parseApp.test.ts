import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parseApp } from "../../../src/apps/parseApp.ts";

const file = (...lines: string[]): string => ["---", ...lines, "---", "# Shop"].join("\n");
const check = (...lines: string[]): string =>
	file("name: shop", "e2e_checks:", "  - id: pays", "    cmd: true", ...lines);

describe("An app.md", () => {
	it("names its app, the functions it uses and its checks", () => {
		const text = file(
			"name: shop",
			"owner: {team: web}",
			"uses_functions: [src/pay.ts#pay, 'mcp:bank/charge', src/pay.ts#pay]",
			"e2e_checks:",
			"  - id: pays",
			"    cmd: npm run pay -- --dry",
			"    timeout_s: 2.5",
			"    expect_stdout_contains: paid",
			"  - id: 12",
			"    cmd: |",
			"      cd shop",
			"      ./open",
			"    expect_stdout_contains: [open, welcome]",
		);
		assert.deepEqual(parseApp(text.replaceAll("\n", "\r\n")), {
			name: "shop",
			functionIds: ["src/pay.ts#pay", "mcp:bank/charge"],
			checks: [
				{ id: "pays", cmd: "npm run pay -- --dry", timeoutS: 2.5, expects: ["paid"], line: 6 },
				{
					id: "12",
					cmd: "cd shop\n./open\n",
					timeoutS: 60,
					expects: ["open", "welcome"],
					line: 10,
				},
			],
		});
	});

	it("may have no checks and no functions", () => {
		assert.deepEqual(parseApp(file("name: shop")), { name: "shop", functionIds: [], checks: [] });
	});

	const wrong: readonly [what: string, text: string, reason: RegExp, line: number][] = [
		["has no front matter", "# Shop", /does not begin with ---/, 1],
		["has front matter without an end", "---\nname: shop", /no end/, 1],
		["is no YAML", file("name: shop", "uses_functions: [a"), /./, 3],
		["names a key twice", file("name: shop", "name: kiosk"), /unique/, 3],
		["has no name", file("owner: me"), /name is missing/, 2],
		["has a list for a name", file("name: [a]"), /name has to be a text/, 2],
		["has a text for its checks", file("name: shop", "e2e_checks: all"), /has to be a list/, 3],
		["has a function that is none", file("name: a", "uses_functions:", "  - {}"), /a text/, 4],
		["misspells a key of a check", check("    timeout: 3"), /no "timeout"/, 6],
		["has a timeout of nothing", check("    timeout_s: 0"), /timeout_s/, 6],
		["has a timeout past an hour", check("    timeout_s: 3601"), /timeout_s/, 6],
		[
			"has a check without a command",
			file("name: a", "e2e_checks:", "  - id: b"),
			/cmd is missing/,
			4,
		],
		[
			"hides what a command is",
			check("  - id: other", '    cmd: "echo \\u202Ehs.live"'),
			/cmd holds a control character/,
			7,
		],
		["has two checks of one id", check("  - id: pays", "    cmd: x"), /Two checks/, 6],
		["has a control character in a name", file('name: "a\\u001b[0m"'), /control character/, 2],
	];
	for (const [what, text, reason, line] of wrong) {
		it(`is refused with reason and line when it ${what}`, () => {
			// Two words that YAML takes for true are commands, and are to be written as texts.
			const problem = parseApp(text.replace("cmd: true", "cmd: 'true'"));
			assert.ok("reason" in problem, JSON.stringify(problem));
			assert.match(problem.reason, reason);
			assert.equal(problem.line, line);
		});
	}

	it("is an app or a problem, whatever it holds", () => {
		const lines = [
			"name: a",
			"e2e_checks:",
			"  - id: b",
			"    cmd: c",
			"  - &a [*a]",
			"? {x: [",
			"!!binary",
			"uses_functions: *a",
			"\t-",
			"<<: {}",
			"timeout_s: .inf",
			"--- ",
			"null",
			"%YAML 9",
		];
		const anyLine = fc.oneof(fc.constantFrom(...lines), fc.string());
		fc.assert(
			fc.property(fc.array(anyLine, { maxLength: 8 }), (some) => {
				const parsed = parseApp(file(...some));
				assert.ok("reason" in parsed ? parsed.line >= 1 : parsed.name !== "");
			}),
			{ numRuns: 500 },
		);
	});
});
