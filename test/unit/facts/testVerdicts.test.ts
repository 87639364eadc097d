import assert from "node:assert/strict";
import { factsOf, result } from "../../support/facts/records.ts";

interface How {
	readonly success?: boolean;
	readonly fields?: object;
	readonly answer?: object;
	readonly input?: object;
}

async function verdictsOf(command: string, output: string, how: How = {}): Promise<string[]> {
	const { input, ...more } = how as { input?: object };
	const record = result("c1", { input: { command, ...input }, output, ...more });
	const { tests } = await factsOf(record);
	return tests.map(({ testId, passed }) => `${passed ? "passed" : "failed"} ${testId}`);
}

type Case = readonly [command: string, output: string, expected: readonly string[], how?: How];

const PASSED = ["passed *"];
const FAILED = ["failed *"];
const UNKNOWN: readonly string[] = [];
const fails: How = { success: false };

const allSkipped = (command: string, output: string): Case => [command, output, UNKNOWN];

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
	"an exit status that is not the run's own proves nothing": [
		["npm test", "> app@1.0.0 test", PASSED],
		["cd app && npm test", "", PASSED],
		["npm test 2>&1 | tail -5", "", UNKNOWN],
		["npm test | grep -c ok", "3", UNKNOWN],
		["npm test || true", "", UNKNOWN],
		["npm test; echo done", "done", UNKNOWN],
		["npm test\necho done", "done", UNKNOWN],
		["npm test &", "", UNKNOWN],
		["npm test & wait", "", UNKNOWN],
		["! npm test", "", UNKNOWN],
		["npm test && echo PASS || echo no", "no", UNKNOWN],
		["npm test > log 2>&1; tail -3 log", "", UNKNOWN],
		["if npm test; then echo a; else echo b; fi", "a", UNKNOWN],
		["for d in a b; do (cd $d && npm test); done", "", UNKNOWN],
		["out=$(npm test); echo $out", "", UNKNOWN],
		["npm test <<EOF | tail -1\ny\nEOF", "", UNKNOWN],
		["bash -c 'npm test | tail -1'", "", UNKNOWN],
		["bash -c 'npm test' | tail -1", "", UNKNOWN],
		["(npm test; true)", "", UNKNOWN],
		["(cd app && npm test)", "", PASSED],
		["{ cd app; npm test; }", "", PASSED],
		["bash -c 'cd app && npm test'", "", PASSED],
		["set -o pipefail; npm test | tail -5", "", PASSED],
		["set -euo pipefail\nnpm test 2>&1 | tee log\necho done", "done", PASSED],
		["bash -o pipefail -c 'npm test | tail -1'", "", UNKNOWN],
		["set -e; npm test; echo done", "done", PASSED],
		["set -e; npm test || true; echo done", "done", UNKNOWN],
		["set -e; set +e; npm test; echo done", "done", UNKNOWN],
		["npm test || exit 1; echo done", "done", PASSED],
		["npm test || { echo no; exit 1; }", "", PASSED],
		["npm test > /dev/null 2>&1", "", PASSED],
		["timeout 60 npm test", "", PASSED],
		["npm run lint && npm test && npm run build", "", PASSED],
	],
	"a call that did not end well passes nothing": [
		["npm test", "", FAILED, fails],
		["npm run build && npm test", "Exit code 1", UNKNOWN, fails],
		["npm test | grep x", "Exit code 1", UNKNOWN, fails],
		[
			"npm test",
			"Exit code 143\nCommand timed out after 2m 0s",
			UNKNOWN,
			{ ...fails, fields: { error_class: "timeout" } },
		],
		["npm test", "Command timed out after 2m 0.0s", UNKNOWN],
		[
			"pytest -v",
			"a.py::test_a PASSED\na.py::test_b FAILED",
			["failed a.py::test_b"],
			{ ...fails, fields: { error_class: "timeout" } },
		],
		[
			"jest",
			"Tests:       5 passed, 5 total",
			UNKNOWN,
			{ ...fails, fields: { error_class: "timeout" } },
		],
		["npm test", "", UNKNOWN, { ...fails, fields: { error_class: "interrupted" } }],
		[
			"timeout 5 npm test",
			"Exit code 124",
			UNKNOWN,
			{ ...fails, fields: { error_class: "exit_124" } },
		],
		[
			"npm test",
			"Exit code 137\nKilled",
			UNKNOWN,
			{ ...fails, fields: { error_class: "exit_137" } },
		],
		["npm test", "x", UNKNOWN, { answer: { interrupted: true, stdout: "x" } }],
		[
			"npm test",
			"Command running in background with ID: b1",
			UNKNOWN,
			{ answer: { backgroundTaskId: "b1" } },
		],
		["npm test", "", UNKNOWN, { input: { run_in_background: true } }],
		["npm test", "Exit code 127\nbash: npm: command not found", UNKNOWN, fails],
		[
			"pytest -q",
			"5 passed in 0.1s\nFAIL Required test coverage of 90% not reached",
			FAILED,
			fails,
		],
		["go test ./... && false", "ok  \tx\t0.1s", UNKNOWN, fails],
	],
	"what was skipped has not passed": [
		allSkipped("pytest", "===== 5 skipped in 0.1s ====="),
		["pytest", "===== 2 xfailed, 1 skipped in 0.1s =====", PASSED],
		["pytest -q | tail -1", "1 xpassed in 0.1s", PASSED],
		allSkipped("python3 -m unittest", "Ran 2 tests in 0.001s\n\nOK (skipped=2)"),
		["python3 -m unittest", "Ran 3 tests in 0.001s\n\nOK (skipped=2)", PASSED],
		["python3 -m unittest | tail -1", "OK (skipped=2)", PASSED],
		allSkipped("rspec", "5 examples, 0 failures, 5 pending"),
		allSkipped(
			"vendor/bin/phpunit",
			"OK, but incomplete, skipped, or risky tests!\nTests: 5, Assertions: 0, Skipped: 4, Incomplete: 1.",
		),
		allSkipped(
			"dotnet test",
			"Skipped! - Failed:     0, Passed:     0, Skipped:     5, Total:     5, Duration: 1 ms - X.dll",
		),
		allSkipped("mvn test", "[WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 3"),
		["mvn test", "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 2", PASSED],
		allSkipped("mix test", "5 tests, 0 failures, 3 excluded, 2 skipped"),
		allSkipped(
			"swift test",
			"Executed 5 tests, with 5 tests skipped and 0 failures (0 unexpected) in 0.1 (0.1) seconds",
		),
		allSkipped("./gradlew test", "5 tests completed, 5 skipped"),
		allSkipped("bin/rails test", "5 runs, 0 assertions, 0 failures, 0 errors, 5 skips"),
		allSkipped("crystal spec", "5 examples, 0 failures, 0 errors, 5 pending"),
		allSkipped("npx jest", "Test Suites: 1 skipped, 0 of 1 total\nTests:       5 skipped, 5 total"),
		allSkipped("npx vitest run", " Test Files  1 skipped (1)\n      Tests  5 skipped (5)"),
		allSkipped("npx mocha", "  0 passing (1ms)\n  5 pending"),
		allSkipped("node --test", "ℹ tests 5\nℹ pass 0\nℹ fail 0\nℹ skipped 5"),
		allSkipped("bun test", " 0 pass\n 5 skip\n 0 fail\nRan 5 tests across 1 file."),
		allSkipped("deno test", "ok | 0 passed | 0 failed | 5 ignored (5ms)"),
		allSkipped("cargo test", "test result: ok. 0 passed; 0 failed; 5 ignored; 0 measured"),
		allSkipped("flutter test", "00:01 +0 ~5: All tests skipped."),
	],
	"a compiler's error is a failure, unless something else may have been compiled": [
		["make test 2>&1 | tail -5", "src/a.c:3:1: error: unknown type name 'x'", FAILED],
		[
			"swift test 2>&1 | tail -3",
			"/w/a.swift:1:2: error: no 'x' in scope\nerror: fatalError",
			FAILED,
		],
		["npm test 2>&1 | tail -3", "src/a.ts(1,2): error TS2304: Cannot find name 'x'.", FAILED],
		["cargo test 2>&1 | head -3", "error[E0425]: cannot find value `x` in this scope", FAILED],
		["zig build test 2>&1 | head", "error: 'a.test.x' failed: expected 1, found 2", FAILED],
		["mix test | tail -2", "== Compilation error in file lib/a.ex ==", FAILED],
		["npm test 2>&1 | tail -3", "✓ reports a.c:3:1: error: x", UNKNOWN],
		[
			"cargo test && cargo clippy -- -D warnings",
			"test result: ok. 3 passed; 0 failed; 0 ignored\nerror: could not compile `x` (lib) due to 1 previous error",
			UNKNOWN,
			fails,
		],
		[
			"cargo build && cargo test",
			"test result: ok. 3 passed; 0 failed; 0 ignored\nerror: could not compile `x` (lib) due to 1 previous error",
			FAILED,
			fails,
		],
	],
	"words of failure win over an exit status": [
		[
			"cargo test --lib 2>&1 | tail -3",
			"error: could not compile `demo` (lib test) due to 1 previous error",
			FAILED,
		],
		["cargo test", "error: could not compile `demo`", FAILED],
		["npm test 2>&1 | grep -E 'FAIL|Error'", "Error: Failed to resolve import", UNKNOWN],
		["npm test", "Error: Failed to resolve import", UNKNOWN],
		["make test", "3 failures", FAILED],
		["make test", "Failures: 2", FAILED],
		["make test", "0 failures, 0 errors", PASSED],
		["make test", "make: *** [test] Error 2", FAILED],
		['npm test; echo "exit: $?"', "exit: 1", FAILED],
		['npm test; echo "exit: $?"', "exit: 0", UNKNOWN],
		[
			"cargo test -p a; cargo test -p b",
			"test result: ok. 3 passed; 0 failed; 0 ignored\nerror: could not compile `b`",
			FAILED,
		],
		["pytest -q | tail -3", "ERROR app: 3 errors logged\n5 passed in 0.10s", PASSED],
		["npm test", "sh: 1: jest: not found", UNKNOWN],
		["npm test", "no tests", UNKNOWN],
	],
	"summaries are read as they are printed": [
		["python -m pytest -q | tail -1", "1 failed, 3 passed in 0.12s", FAILED],
		[
			"pytest | tail -1",
			"=================== 5 passed, 2 warnings in 65.32s (0:01:05) ====================",
			PASSED,
		],
		["pytest -q", "no tests ran in 0.01s", UNKNOWN],
		["pytest -q", "3 deselected in 0.01s", UNKNOWN],
		["pytest --collect-only -q", "3 tests collected in 0.1s", UNKNOWN],
		["pytest --version", "pytest 8.0.0", UNKNOWN],
		["coverage run -m pytest | tail -1", "2 passed in 0.1s", PASSED],
		[
			"python3 -u -m unittest 2>&1 | tail -3",
			"Ran 3 tests in 0.001s\n\nOK (expected failures=1)",
			PASSED,
		],
		[
			"python3 manage.py test | tail -3",
			"Ran 3 tests in 0.001s\n\nFAILED (failures=1, expected failures=1)",
			FAILED,
		],
		["python3 -m unittest | tail -3", "Ran 0 tests in 0.000s\n\nOK", UNKNOWN],
		[
			"npx jest | tail -5",
			"Test Suites: 1 failed, 1 passed, 2 total\nTests:       5 passed, 5 total",
			FAILED,
		],
		["npx jest | grep Tests:", "Tests:       1 skipped, 5 passed, 6 total", PASSED],
		["npx jest --listTests", "/a.test.js", UNKNOWN],
		["yarn jest --passWithNoTests", "No tests found, exiting with code 0", UNKNOWN],
		[
			"npx vitest run | tail -4",
			" Test Files  1 failed | 2 passed (3)\n      Tests  8 passed (8)",
			FAILED,
		],
		[
			"npx vitest run | tail -4",
			" Test Files  3 passed (3)\n      Tests  8 passed | 1 skipped (9)",
			PASSED,
		],
		[
			"npx vitest run | tail -4",
			" Test Files  3 passed (3)\n      Tests  8 passed (8)\n     Errors  1 error",
			FAILED,
		],
		["npx mocha | grep passing", "  5 passing (20ms)", UNKNOWN],
		["npx mocha | tail -4", "  5 passing (20ms)\n  1 pending", PASSED],
		["npx mocha | tail -4", "  5 passing (20ms)\n  2 failing", FAILED],
		[
			"node --test | tail -8",
			"ℹ tests 3\nℹ suites 0\nℹ pass 3\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0",
			PASSED,
		],
		["node --test | tail -8", "# pass 3\n# fail 0\n# cancelled 1", FAILED],
		["node --test", "✔ adds (1ms)\n✔ later (1ms) # TODO\n﹣ old (1ms) # SKIP", ["passed adds"]],
		[
			"node --test --test-reporter=tap",
			"ok 1 - adds\nok 2 - later # TODO\nok 3 - old # SKIP",
			["passed adds"],
		],
		["go test ./... | tail -3", "ok  \ta\t0.1s\nok  \tb\t(cached)", PASSED],
		["go test ./... | grep ok", "ok  \ta\t0.1s", UNKNOWN],
		["go test ./... | tail -2", "FAIL\tb\t0.1s\nFAIL", FAILED],
		["go test ./...", "?   \tx\t[no test files]", UNKNOWN],
		[
			"go test ./...",
			"testing: warning: no tests to run\nPASS\nok  \tx\t0.001s [no tests to run]",
			UNKNOWN,
		],
		["go vet ./... && go test -c ./x", "", UNKNOWN],
		["gotestsum | tail -1", "DONE 5 tests, 1 failure in 0.1s", FAILED],
		[
			"cargo test | tail -3",
			"test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
			UNKNOWN,
		],
		["cargo test --no-run", "   Compiling demo v0.1.0", UNKNOWN],
		[
			"cargo nextest run | tail -2",
			"     Summary [   0.2s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped",
			FAILED,
		],
		[
			"cargo nextest run | tail -2",
			"     Summary [   0.2s] 5 tests run: 5 passed, 2 skipped",
			PASSED,
		],
		["ctest --test-dir build | tail -4", "100% tests passed, 0 tests failed out of 5", PASSED],
		[
			"ctest --test-dir build | tail -9",
			"80% tests passed, 1 tests failed out of 5\n\nThe following tests FAILED:\n\t  2 - b (SEGFAULT)",
			["failed b"],
		],
		["ctest", "No tests were found!!!", UNKNOWN],
		["ctest -N", "  Test #1: a\n\nTotal Tests: 1", UNKNOWN],
		["bundle exec rspec | tail -1", "5 examples, 0 failures, 2 pending", PASSED],
		[
			"bundle exec rspec | tail -1",
			"0 examples, 0 failures, 1 error occurred outside of examples",
			FAILED,
		],
		["vendor/bin/phpunit | tail -3", "OK (5 tests, 10 assertions)", PASSED],
		["vendor/bin/phpunit | tail -3", "ERRORS!\nTests: 3, Assertions: 2, Errors: 1.", FAILED],
		[
			"./vendor/bin/pest | tail -3",
			"  Tests:    1 failed, 4 passed (10 assertions)\n  Duration: 0.10s",
			FAILED,
		],
		["php artisan test | tail -3", "  Tests:    2 skipped, 4 passed (10 assertions)", PASSED],
		[
			"dotnet test",
			"Passed!  - Failed:     0, Passed:     5, Skipped:     0, Total:     5, Duration: 20 ms - X.dll (net8.0)",
			PASSED,
		],
		[
			"dotnet test | tail -1",
			"Test summary: total: 5, failed: 1, succeeded: 4, skipped: 0, duration: 1.2s",
			FAILED,
		],
		[
			"npm test 2>&1 | tail -3",
			"Tests:       5 passed, 5 total\nTest Suites: 1 passed, 1 total",
			PASSED,
		],
		["npm run test:unit && npm run test:e2e", "  5 passing (1s)\n  1 failing", FAILED],
	],
	"other runners are read or nothing is known of them": [
		["mix test 2>&1 | tail -2", "Finished in 0.1 seconds\n20 tests, 3 failures", FAILED],
		[
			"mix test",
			"Finished in 12.3 seconds (1.7s async, 10.6s sync)\n14 doctests, 433 tests, 0 failures",
			PASSED,
		],
		["mix test", "1 property, 5 tests, 0 failures, 2 invalid", FAILED],
		["mix test", "", UNKNOWN],
		["mix compile", "20 tests, 3 failures", UNKNOWN],
		[
			"swift test",
			"Test Case 'SumTests.testSum' passed (0.001 seconds)\nExecuted 1 test, with 0 failures (0 unexpected) in 0.001 (0.001) seconds",
			["passed SumTests.testSum"],
		],
		["swift test", "✘ Test run with 5 tests failed after 0.001 seconds with 2 issues.", FAILED],
		["swift test", "✔ Test run with 5 tests in 2 suites passed after 0.001 seconds.", PASSED],
		["swift test", "Build complete! (0.10s)", UNKNOWN],
		["xcodebuild -scheme A test | tail -1", "** TEST SUCCEEDED **", PASSED],
		[
			"./gradlew test",
			"> Task :app:test FAILED\nSumTest > adds() FAILED\n    java.lang.AssertionError\n5 tests completed, 1 failed\nBUILD FAILED in 3s",
			["failed SumTest > adds"],
			fails,
		],
		["./gradlew test | tail -3", "BUILD FAILED in 3s", FAILED],
		["./gradlew test", "> Task :compileJava\n> Task :test\n\nBUILD SUCCESSFUL in 3s", PASSED],
		["./gradlew test", "> Task :test UP-TO-DATE\n\nBUILD SUCCESSFUL in 1s", UNKNOWN],
		["./gradlew test -q", "", UNKNOWN],
		["./gradlew build -x test", "BUILD SUCCESSFUL in 1s", UNKNOWN],
		["mvn -q test", "", UNKNOWN],
		[
			"mvn test | tail -20",
			"[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0\n[INFO] BUILD SUCCESS",
			PASSED,
		],
		[
			"mvn test",
			"[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.01 s <<< FAILURE! -- in a.SumTest\n[ERROR] a.SumTest.adds -- Time elapsed: 0.01 s <<< FAILURE!\n[INFO] BUILD FAILURE",
			["failed a.SumTest.adds"],
			fails,
		],
		["mvn package -DskipTests", "[INFO] BUILD SUCCESS", UNKNOWN],
		[
			"deno test -A",
			"running 2 tests from ./sum_test.ts\nadds ... ok (2ms)\nsubs ... FAILED (3ms)\n\nFAILED | 1 passed | 1 failed (12ms)",
			["passed adds", "failed subs"],
			fails,
		],
		["deno test | tail -1", "ok | 2 passed (3 steps) | 0 failed (10ms)", PASSED],
		["deno test", "", UNKNOWN],
		[
			"bun test",
			"bun test v1.1.0\n\nsum.test.ts:\n✓ adds [0.10ms]\n✗ subs [0.20ms]\n\n 1 pass\n 1 fail\nRan 2 tests across 1 file. [10.00ms]",
			["passed adds", "failed subs"],
			fails,
		],
		["bun test", " 2 pass\n 0 fail\nRan 2 tests across 1 file. [10.00ms]", PASSED],
		["bun test | grep pass", " 2 pass", UNKNOWN],
		["npx playwright test | tail -1", "  2 passed (5.1s)", UNKNOWN],
		["npx playwright test", "Running 2 tests using 1 worker\n  2 passed (5.1s)", PASSED],
		[
			"npx playwright test",
			"  1) [chromium] › a.spec.ts:3:1 › adds ───\n  1 failed\n    [chromium] › a.spec.ts:3:1 › adds\n  2 passed (5.1s)",
			FAILED,
			fails,
		],
		["npx playwright install", "", UNKNOWN],
		["zig build test", "", UNKNOWN],
		["zig test src/a.zig", "All 5 tests passed.", PASSED],
		["zig test src/a.zig 2>&1 | tail -2", "4 passed; 1 skipped; 1 failed.", FAILED],
		[
			"zig build test --summary all",
			"Build Summary: 3/3 steps succeeded; 5/5 tests passed",
			PASSED,
		],
		[
			"zig build test --summary all",
			"Build Summary: 1/3 steps succeeded; 1 failed; 4/5 tests passed; 1 failed",
			FAILED,
		],
		["tox", "  py311: OK (1.23 seconds)\n  congratulations :) (1.5 seconds)", UNKNOWN],
		[
			"tox -e py311",
			"5 passed in 0.12s\n  py311: OK (1.23 seconds)\n  congratulations :) (1.5 seconds)",
			PASSED,
		],
		[
			"tox",
			"  py311: FAIL code 1 (1.2 seconds)\n  evaluation failed :( (1.5 seconds)",
			FAILED,
			fails,
		],
		["nox -s tests", "nox > Session tests was successful.", UNKNOWN],
		["nox", "nox > Session tests failed.", FAILED, fails],
		["bin/rails test", "5 runs, 8 assertions, 1 failures, 0 errors, 0 skips", FAILED, fails],
		[
			"bundle exec rake test | tail -1",
			"5 runs, 8 assertions, 0 failures, 0 errors, 0 skips",
			PASSED,
		],
		["flutter test | tail -1", "00:02 +5: All tests passed!", PASSED],
		["flutter test | tail -1", "00:02 +4 -1: Some tests failed.", FAILED],
		["sbt test | tail -3", "[error] Failed: Total 5, Failed 1, Errors 0, Passed 4", FAILED],
		["make test", "[  PASSED  ] 5 tests.", PASSED],
		["make test", "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.b", ["failed A.b"], fails],
		["bats test", "5 tests, 1 failure", FAILED, fails],
		["prove -r t", "All tests successful.\nFiles=2, Tests=5\nResult: PASS", PASSED],
		["npx ava", "  5 tests passed", PASSED],
		["npx cypress run", "    ✖  1 of 3 failed (33%)", FAILED, fails],
	],
	"several runs of one call are told together": [
		["pytest -q a; pytest -q b", "1 failed in 0.1s\n3 passed in 0.1s", FAILED],
		[
			"cargo test && npx jest",
			"test result: ok. 3 passed; 0 failed; 0 ignored\nTests:       1 failed, 5 total",
			FAILED,
			fails,
		],
		[
			"npx jest; npx vitest run",
			"Tests:       5 passed, 5 total\n Test Files  1 failed (1)\n      Tests  1 failed (1)",
			FAILED,
			fails,
		],
		[
			"cargo test",
			"test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 1 failed; 0 ignored",
			FAILED,
			fails,
		],
		[
			"cargo test -p a -p b",
			"test a::x ... ok\ntest result: ok. 1 passed; 0 failed\nerror: could not compile `b`",
			["passed a::x", "failed *"],
			fails,
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
		["npm test", 'npm ERR! Missing script: "test"', UNKNOWN, fails],
		["npm test", "Error: no test specified", UNKNOWN, fails],
		["python3 -m pytest", "/usr/bin/python3: No module named pytest", UNKNOWN, fails],
		["cd app && npm test", "bash: line 1: cd: app: No such file or directory", UNKNOWN, fails],
		["make test", "make: *** No rule to make target 'test'.  Stop.", UNKNOWN, fails],
		[
			"pytest -q nope.py",
			"no tests ran in 0.64s\nERROR: file or directory not found: nope.py",
			UNKNOWN,
			fails,
		],
		["npx vitest run nothing", "No test files found, exiting with code 1", UNKNOWN, fails],
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
};

describe("Whether tests passed", () => {
	for (const [title, cases] of Object.entries(GROUPS)) {
		describe(title, () => {
			for (const [command, output, expected, how] of cases) {
				it(`${JSON.stringify(command)}: ${JSON.stringify(output.slice(0, 60))}`, async () => {
					assert.deepEqual(await verdictsOf(command, output, how), expected);
				});
			}
		});
	}
});
