import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { testedName } from "../../../src/facts/tests/testedName.ts";
import { snippetOf } from "../../../src/facts/tests/testFacts.ts";
import { factsOf, result } from "../../support/facts/records.ts";

type Row = readonly [
	id: string,
	passed: boolean,
	ms: number | null,
	functionId: string,
	says?: RegExp,
];

/** Commands with a file of what they print, and the tests that it names. */
const RUNS: readonly (readonly [command: string, file: string, rows: readonly Row[]])[] = [
	[
		"python -m pytest -v | tail -40",
		"pytest.txt",
		[
			["tests/test_dates.py::test_parse", true, 250, "parse"],
			["tests/test_dates.py::test_reject[1-a b]", false, null, "reject", /assert 1 is None/],
			["tests/test_dates.py::TestZone::test_shift", true, null, "shift"],
		],
	],
	["uv run pytest -q", "pytest-quiet.txt", [["*", true, null, "bash:pytest"]]],
	[
		"python3 -m unittest -v test_dates",
		"unittest.txt",
		[
			["test_dates.DatesTest.test_parse", true, null, "parse"],
			["test_dates.DatesTest.test_reject", false, null, "reject", /^AssertionError: 1 != 2$/],
		],
	],
	[
		"npx --yes jest --verbose",
		"jest.txt",
		[
			["src/dates.test.ts › dates › parses", true, 3, "dates"],
			["src/dates.test.ts › dates › of old › rejects", false, 12, "dates", /^expect\(received\)/],
			["src/zones.test.ts", true, null, "zones"],
			["src/broken.test.ts", false, null, "broken", /^Cannot find module/],
		],
	],
	[
		"pnpm exec vitest run",
		"vitest.txt",
		[
			["src/zones.test.ts", true, 12, "zones"],
			["src/dates.test.ts › dates › parses", true, 3, "dates"],
			["src/dates.test.ts › dates › rejects", false, 8, "dates", /expected 1 to be 2/],
		],
	],
	[
		"npx vitest run",
		"vitest-1.txt",
		[
			["src/math.test.js › math › subtracts", false, null, "math", /expected 1 to be 2/],
			["src/broken.test.js", false, null, "broken", /Failed to load url/],
			["src/ok.test.js", true, 2, "ok"],
		],
	],
	[
		"npx vitest run",
		"vitest-2.txt",
		[
			["src/math.test.js › math › subtracts", false, 326, "math", /expected 1 to be 2/],
			["src/broken.test.js", false, null, "broken", /Failed to load url/],
			["src/ok.test.js", true, 2, "ok"],
		],
	],
	[
		"npx vitest run --reporter=verbose",
		"vitest-1-verbose.txt",
		[
			["src/math.test.js › math › adds", true, null, "math"],
			["src/math.test.js › math › subtracts", false, 326, "math", /expected 1 to be 2/],
			["src/math.test.js › math › deep › multiplies", true, null, "math"],
			["src/ok.test.js › is fine", true, null, "ok"],
			["src/broken.test.js", false, null, "broken", /Failed to load url/],
		],
	],
	[
		"npm test",
		"mocha.txt",
		[
			["dates › parses", true, null, "bash:npm test"],
			["dates › of old › rejects", false, null, "bash:npm test", /ERR_ASSERTION\]: 1 == 2/],
		],
	],
	[
		"node --test foo.test.mjs",
		"node-spec.txt",
		[
			["dates › parses", true, 0.49114, "bash:node"],
			["dates › rejects", false, 4.851179, "bash:node", /ERR_ASSERTION\]: 1 == 2/],
		],
	],
	[
		"timeout 60 node --test --test-reporter=tap",
		"node-tap.txt",
		[
			["dates › parses", true, 0.480153, "bash:node"],
			["dates › rejects", false, 0.628684, "bash:node", /1 == 2/],
		],
	],
	[
		"cd app && go test -v ./...",
		"go.txt",
		[
			["TestParse", true, 0, "Parse"],
			["TestReject", false, 10, "Reject"],
			["TestReject/empty", false, 10, "Reject", /got 1, want 2/],
		],
	],
	[
		"cargo +nightly test 2>&1",
		"cargo.txt",
		[
			["dates::tests::test_parse", true, null, "parse"],
			["dates::tests::rejects", false, null, "bash:cargo test", /assertion `left == right` failed/],
		],
	],
	[
		"ctest --test-dir build",
		"ctest.txt",
		[
			["test_parse", true, 10, "parse"],
			["test_reject", false, 20, "reject", /Failed/],
		],
	],
	[
		"bundle exec rspec",
		"rspec.txt",
		[["spec/dates_spec.rb › Dates rejects the empty", false, null, "dates", /expected: nil/]],
	],
	[
		"vendor/bin/phpunit",
		"phpunit.txt",
		[["App\\Tests\\DatesTest::testReject", false, null, "Reject", /^Failed asserting that 1/]],
	],
	[
		"dotnet test --no-build",
		"dotnet.txt",
		[
			["App.Tests.DatesTests.Parses", true, 3, "Dates"],
			["App.Tests.DatesTests.Rejects", false, 1, "Dates", /Values differ/],
		],
	],
	[
		"cat build/report.xml",
		"junit.xml",
		[
			["app.DatesTest.testParse", true, 10, "Parse"],
			["app.DatesTest.testReject", false, 20, "Reject", /expected <2> but was <1>/],
		],
	],
];

async function testsOf(command: string, output: string, success = true, more: object = {}) {
	const record = result("c1", { input: { command }, output, success, ...more });
	return (await factsOf(record)).tests;
}

describe("The tests that a command runs", () => {
	for (const [command, file, rows] of RUNS) {
		it(`are told from what ${command.split(" -")[0]} prints (${file})`, async () => {
			const output = readFileSync(inProject("test", "fixtures", "testRuns", file), "utf8");
			const tests = await testsOf(
				command,
				output,
				rows.every(([, passed]) => passed),
			);
			assert.deepEqual(
				tests.map(({ testId, passed, durationMs, functionId }) => [
					testId,
					passed,
					durationMs,
					functionId,
				]),
				rows.map((row) => row.slice(0, 4)),
			);
			for (const [index, [, passed, , , says]] of rows.entries()) {
				if (passed) assert.equal(tests[index]?.snippet, null);
				if (says !== undefined) assert.match(tests[index]?.snippet ?? "", says);
			}
		});
	}

	it("are one where the output names none, judged by its summary or else by the exit status", async () => {
		const passedOf = async (...args: Parameters<typeof testsOf>) =>
			(await testsOf(...args)).map(({ testId, passed }) => [testId, passed]);
		assert.deepEqual(await passedOf("pytest -q | tail -1", "1 failed, 3 passed in 0.1s"), [
			["*", false],
		]);
		assert.deepEqual(await passedOf("go test ./...", "ok  \tx\t0.1s"), [["*", true]]);
		assert.deepEqual(await passedOf("make check", "something went wrong", false), [["*", false]]);
		assert.deepEqual(await passedOf("jest", "", true), [["*", true]]);
	});

	it("are none where nothing was run, or has not ended", async () => {
		assert.deepEqual(await testsOf("ls", "1 failed"), []);
		assert.deepEqual(await testsOf("echo pytest", "1 failed"), []);
		assert.deepEqual(await testsOf("git log -- pytest", ""), []);
		const background = { answer: { backgroundTaskId: "b1" } };
		assert.deepEqual(
			await testsOf("pytest", "Command running in background", true, background),
			[],
		);
		const denied = { fields: { error_class: "denied" } };
		assert.deepEqual(await testsOf("pytest", "", false, denied), []);
	});

	it("are told from coloured output, too", async () => {
		const output = "\u001b[32mtests/test_a.py::test_x PASSED\u001b[0m  [100%]";
		assert.equal((await testsOf("pytest -v", output))[0]?.testId, "tests/test_a.py::test_x");
	});

	it("are bounded, whatever an output holds", async () => {
		const many = Array.from({ length: 9000 }, (_, index) => `a.py::test_${index} PASSED`).join(
			"\n",
		);
		assert.equal((await testsOf("pytest -v", many)).length, 2000);
		const long = `${"x".repeat(400_000)}\na.py::test_${"y".repeat(5000)} FAILED`;
		const [test] = await testsOf("pytest -v", long);
		assert.equal(test?.testId.length, 256);
	});
});

describe("What a failure says", () => {
	it("is kept in one line of at most 200 characters", () => {
		assert.equal(snippetOf("  a\n\t b  "), "a b");
		assert.equal(snippetOf(" \n"), null);
		assert.equal(snippetOf("word ".repeat(100))?.length, 200);
	});

	it("has no secret in it", () => {
		const secrets = [
			"hunter2hunter2",
			`ghp_${"a1B2".repeat(9)}`,
			`sk-ant-${"x9".repeat(20)}`,
			"s3cr3tpw",
			"0123456789abcdef0123456789abcdef",
			`AKIA${"ABCD".repeat(4)}`,
			"eyJhbGciOi.eyJzdWIiOiIx.sig",
		];
		const texts = (secret: string) => [
			`password=${secret} is wrong`,
			`{"api_key": "${secret}"}`,
			`Authorization: Bearer ${secret}`,
			`postgres://me:${secret}@db/x`,
			`--token ${secret}`,
		];
		for (const secret of secrets) {
			for (const text of texts(secret)) assert.ok(!snippetOf(text)?.includes(secret), text);
		}
		for (const secret of secrets.filter((each) => each.length > 25)) {
			assert.ok(!snippetOf(`expected ${secret} to be 1`)?.includes(secret), secret);
		}
		assert.equal(
			snippetOf("expected 3 passwords, token count 4"),
			"expected 3 passwords, token count 4",
		);
	});

	it("has no half of a secret in it, where it is cut", () => {
		const token = `ghp_${"a1B2".repeat(9)}`;
		for (let before = 150; before < 205; before++) {
			const snippet = snippetOf(`${"-".repeat(before)} ${token}`) ?? "";
			assert.ok(!snippet.includes("ghp_"), snippet);
		}
		for (let before = 1950; before < 2005; before++) {
			const short = `password=${"x".repeat(6)} `.repeat(Math.floor(before / 16));
			assert.ok(!snippetOf(short + token)?.includes("ghp_"));
		}
	});
});

describe("The function that a test's name says it tests", () => {
	it("is told from the test, its class or its file", () => {
		const names: Readonly<Record<string, string | null>> = {
			test_foo: "foo",
			TestFoo: "Foo",
			FooTest: "Foo",
			"src/foo.test.ts": "foo",
			"src/foo.spec.tsx › renders": "foo",
			"pkg/test_foo.py::test_bar[x/y.z]": "bar",
			"a.b.FooTest.testBar": "Bar",
			"a.b.FooTests.Works": "Foo",
			"foo::tests::it_works": "works",
			"TestFoo/sub test": "Foo",
			"spec/foo_spec.rb › does x": "foo",
			"works well": null,
			"*": null,
			"": null,
		};
		const found = Object.keys(names).map((name) => [name, testedName(name)]);
		assert.deepEqual(Object.fromEntries(found), names);
	});
});
