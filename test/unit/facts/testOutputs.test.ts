import assert from "node:assert/strict";
import {
	FAILED,
	FAILS,
	itTells,
	PASSED,
	UNKNOWN,
	verdictsOf,
} from "../../support/facts/verdicts.ts";

describe("Whether tests passed by an output with more in it", () => {
	itTells({
		"a file whose name says so is one of tests where its output is a runner's": [
			["python3 tests/test_a.py", "Ran 3 tests in 0.001s\n\nOK", PASSED],
			[
				"python3 test_a.py",
				"FAIL: test_x (__main__.T.test_x)\nRan 3 tests in 0.001s\n\nFAILED (failures=1)",
				["failed __main__.T.test_x"],
				FAILS,
			],
			["python3 test_connection.py", "Traceback (most recent call last):", UNKNOWN, FAILS],
			["./run_tests.sh", "5 passed in 0.12s", PASSED],
			["bash scripts/test.sh | tail -1", "test result: FAILED. 1 passed; 1 failed;", FAILED],
			["./build/unit_tests", "[       OK ] A.b (0 ms)\n[  PASSED  ] 1 test.", ["passed A.b"]],
			["node tests/run.js", "  12 passing (3ms)\n  1 failing", FAILED],
			["./latest", "5 passed in 0.12s", UNKNOWN],
			["python3 contest.py", "5 passed in 0.12s", UNKNOWN],
		],
		"several runs of one call are told together": [
			["pytest -q a; pytest -q b", "1 failed in 0.1s\n3 passed in 0.1s", FAILED],
			[
				"cargo test && npx jest",
				"test result: ok. 3 passed; 0 failed; 0 ignored\nTests:       1 failed, 5 total",
				FAILED,
				FAILS,
			],
			[
				"npx jest; npx vitest run",
				"Tests:       5 passed, 5 total\n Test Files  1 failed (1)\n      Tests  1 failed (1)",
				FAILED,
				FAILS,
			],
			[
				"cargo test",
				"test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 1 failed; 0 ignored",
				FAILED,
				FAILS,
			],
			[
				"cargo test -p a -p b",
				"test a::x ... ok\ntest result: ok. 1 passed; 0 failed\nerror: could not compile `b`",
				["passed a::x", "failed *"],
				FAILS,
			],
		],
		"a filter hides what it would not hand on": [
			["npm test 2>&1 | grep -E 'Tests:|FAIL'", "Tests:       3 passed, 3 total", PASSED],
			["npm test 2>&1 | grep -E 'Tests|FAIL'", "      Tests  3 passed (3)", PASSED],
			["npx jest | grep -E '✓|✕'", "    ✓ adds (3 ms)\n    ✕ subs", ["passed adds", "failed subs"]],
			[
				"cargo test 2>&1 | grep 'test result'",
				"test result: ok. 12 passed; 0 failed; 0 ignored",
				PASSED,
			],
			[
				"cargo test 2>&1 | grep -E 'test result|panicked'",
				"test result: ok. 12 passed; 0 failed; 0 ignored",
				PASSED,
			],
			[
				"cargo test 2>&1 | grep 'result: ok'",
				"test result: ok. 12 passed; 0 failed; 0 ignored",
				UNKNOWN,
			],
			[
				"cargo test 2>&1 | grep 'test result' | head -1",
				"test result: ok. 12 passed; 0 failed; 0 ignored",
				UNKNOWN,
			],
			[
				"cargo test 2>&1 | grep -m1 'test result'",
				"test result: ok. 12 passed; 0 failed; 0 ignored",
				UNKNOWN,
			],
			["go test ./... | grep -v 'no test files'", "ok  \ta\t0.1s", PASSED],
			["go test ./... 2>&1 | grep -E '^(ok|FAIL|---)'", "ok  \ta\t0.1s", PASSED],
			["go test ./... 2>&1 | grep 'ok\\|FAIL'", "ok  \ta\t0.1s", PASSED],
			["go test ./... 2>&1 | grep -iE 'fail|ok'", "ok  \ta\t0.1s", PASSED],
			["npx mocha | grep -E 'passing|failing'", "  5 passing (20ms)", PASSED],
			[
				"go test ./... | grep -E '(a+)+$'",
				"ok  \taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\t0.1s",
				UNKNOWN,
			],
			[
				"cargo test | tee log",
				"<persisted-output>\nPreview (first 2KB):\ntest result: ok. 5 passed; 0 failed; 0 ignored",
				UNKNOWN,
			],
			[
				"cargo test",
				"<persisted-output>\nPreview (first 2KB):\ntest result: ok. 5 passed; 0 failed; 0 ignored",
				PASSED,
			],
			["npx playwright test 2>&1 | tail -20", "[3/3] a.spec.ts\n  3 passed (2.1s)", PASSED],
			["npx playwright test 2>&1 | tail -n 2", "[3/3] a.spec.ts\n  3 passed (2.1s)", UNKNOWN],
			["npx playwright test 2>&1 | tail", "  3 passed (2.1s)", PASSED],
			["npx playwright test 2>&1 | tail -c 20", "  3 passed (2.1s)", UNKNOWN],
			["npx mocha | head -20", "  5 passing (20ms)", PASSED],
			["dotnet test | tail -5", "error CS1002: ; expected\nBuild FAILED.", FAILED],
			["mix test | tail -3", "20 tests, 0 failures", PASSED],
			[
				"dotnet test | tail -3",
				"Passed!  - Failed:     0, Passed:     5, Skipped:     0, Total:     5, Duration: 20 ms",
				PASSED,
			],
			["bun test | tail -4", " 5 pass\n 0 fail\nRan 5 tests across 1 file. [10.00ms]", PASSED],
			["npm test > log 2>&1; grep -E 'passing|failing' log", "  5 passing (20ms)", PASSED],
		],
		"what never began says nothing": [
			["npm test", 'npm ERR! Missing script: "test"', UNKNOWN, FAILS],
			["npm test", "Error: no test specified", UNKNOWN, FAILS],
			["python3 -m pytest", "/usr/bin/python3: No module named pytest", UNKNOWN, FAILS],
			["cd app && npm test", "bash: line 1: cd: app: No such file or directory", UNKNOWN, FAILS],
			["make test", "make: *** No rule to make target 'test'.  Stop.", UNKNOWN, FAILS],
			[
				"pytest -q nope.py",
				"no tests ran in 0.64s\nERROR: file or directory not found: nope.py",
				UNKNOWN,
				FAILS,
			],
			["npx vitest run nothing", "No test files found, exiting with code 1", UNKNOWN, FAILS],
			["deno task test", "error: Task not found: test", UNKNOWN, FAILS],
			["uv run pytest", "error: Failed to spawn: `pytest`", UNKNOWN, FAILS],
			["poetry run pytest", "Command not found: pytest", UNKNOWN, FAILS],
			["npx jest", "npm error could not determine executable to run", UNKNOWN, FAILS],
			[
				"./gradlew test",
				"bash: ./gradlew: Permission denied",
				UNKNOWN,
				{ ...FAILS, fields: { error_class: "exit_126" } },
			],
			["go test ./...", "go: go.mod file not found in current directory", UNKNOWN, FAILS],
			["make test", "make: 'test' is up to date.", UNKNOWN],
			[
				"ctest",
				"The following tests did not run:\n\t3 - c (Disabled)\n100% tests passed, 0 tests failed out of 2",
				PASSED,
			],
			["yarn test", 'error Command "test" not found.', UNKNOWN, FAILS],
			["pytest -k foo", "==== 12 deselected in 0.03s ====", UNKNOWN, FAILS],
			["npm ci && npm test", "npm error code ERESOLVE", UNKNOWN, FAILS],
			["make build && make test", "make: *** [Makefile:3: build] Error 1", UNKNOWN, FAILS],
			["cd app && npm test", "npm error code 1", FAILED, FAILS],
			["ctest | tail -3", "Errors while running CTest\nOutput from these tests are in: x", FAILED],
			[
				"ctest | tail -4",
				"\t  2 - bad (Failed)\n\t  4 - gone (Not Run)\nErrors while running CTest",
				["failed bad"],
			],
			["make build-tests", "", UNKNOWN],
		],
		"what only looks like a failure is none": [
			["npm test", "✓ refuses 3 failed logins", UNKNOWN],
			[
				"npx mocha | tail -4",
				"    ✔ returns exit code 1\n\n  5 passing (20ms)",
				["passed returns exit code 1"],
			],
			["pytest -q | tail -2", "log: could not connect\n5 passed in 0.10s", PASSED],
		],
		"what surrounds a summary does not hide it": [
			[
				"npx jest --color",
				"\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[31m1 failed\u001b[39m\u001b[22m, 6 total",
				FAILED,
			],
			[
				"cargo test",
				"Building\rBuilding 2\rtest result: ok. 3 passed; 0 failed; 0 ignored\r\n",
				PASSED,
			],
			["npx jest 2>&1 | sed 's/x/y/'", "Tests:       5 passed, 5 total", PASSED],
			["yarn workspace web test", "Tests:       5 passed, 5 total", PASSED],
			["npm --prefix web run test", "Tests:       1 failed, 5 total", FAILED],
			["docker compose exec app pytest -q", "3 passed in 0.1s", PASSED],
			[
				"node --experimental-vm-modules node_modules/jest/bin/jest.js",
				"Tests:       5 passed, 5 total",
				PASSED,
			],
		],
	});

	it("is told of an output that is one line of megabytes", async () => {
		for (const word of ["ENOENT ", "1 deselected ", "Test directory ", "cd: "]) {
			assert.deepEqual(await verdictsOf("npm test", word.repeat(1_000_000), FAILS), FAILED, word);
		}
	});
});
