import { FAILED, itTells, PASSED, UNKNOWN } from "../../support/facts/verdicts.ts";

describe("Whether tests passed by the summary of a runner", () => {
	itTells({
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
			[
				"dotnet test | tail -1",
				"Fehler!      : Fehler:     1, erfolgreich:     4, übersprungen:     0, gesamt:     5, Dauer: 20 ms",
				FAILED,
			],
			[
				"dotnet test",
				"已通过! - 失败:     0，通过:     5，已跳过:     0，总计:     5，持续时间: 20 ms",
				PASSED,
			],
			["npm run test:unit && npm run test:e2e", "  5 passing (1s)\n  1 failing", FAILED],
		],
	});
});
