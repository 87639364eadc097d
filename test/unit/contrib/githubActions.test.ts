import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { inProject } from "../../../scripts/paths.ts";
import { cliFile } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

interface Step {
	readonly name?: string;
	readonly uses?: string;
	readonly run?: string;
}

const RUN = inProject("test", "fixtures", "runs", "everything");
const FILE = inProject("contrib", "github-actions", "agent-report.yml");

describe("The example for GitHub Actions", () => {
	const folder = useTempFolder();
	const workflow = parse(readFileSync(FILE, "utf8"));
	const steps: readonly Step[] = workflow.jobs.agent.steps;

	function program(name: string, text: string): void {
		mkdirSync(folder.file("bin"), { recursive: true });
		writeFileSync(folder.file(`bin/${name}`), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
	}

	/** As a runner does it: bash that ends with the first failure. */
	function runStep(name: string) {
		const run = steps.find((step) => step.name === name)?.run ?? "exit 9";
		return spawnSync("bash", ["-eo", "pipefail", "-c", run], {
			cwd: folder.path,
			encoding: "utf8",
			env: {
				HOME: folder.path,
				PATH: `${folder.file("bin")}:${process.env.PATH}`,
				GITHUB_STEP_SUMMARY: folder.file("summary.md"),
				PROMPT: "do it; echo no",
			},
		});
	}

	it("asks for no more than reading the repository, and pastes no text into a script", () => {
		assert.deepEqual(workflow.permissions, { contents: "read" });
		for (const { run = "" } of steps) assert.doesNotMatch(run, /\$\{\{/);
	});

	it("publishes what the agent did, and judges it", () => {
		program("agent-live-graph", `exec '${process.execPath}' '${cliFile}' "$@"`);
		program("claude", `mkdir -p "$HOME/.claude" && cp -r '${RUN}/projects' "$HOME/.claude/"`);
		assert.equal(runStep("Run the agent").status, 0);
		// The run of the fixture was long ago.
		program(
			"agent-live-graph",
			`[ "$1" != report ] || set -- "$@" --since 2020-01-01
exec '${process.execPath}' '${cliFile}' "$@"`,
		);
		const { status, stderr } = runStep("Publish the report");
		assert.equal(status, 0, stderr);
		assert.match(readFileSync(folder.file("summary.md"), "utf8"), /^# Agents\n.*## By model\n/s);
		assert.match(readFileSync(folder.file("agent-report.html"), "utf8"), /^<!doctype html>/i);
		const verdict = runStep("Hold the session against limits");
		assert.match(verdict.stdout, /^session \S+: (?:not )?ok\n/);
		assert.equal(verdict.status, verdict.stdout.includes("not ok") ? 1 : 0);
	});
});
