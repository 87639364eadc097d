import { browserStep } from "../setup/browser.ts";
import { clickHouseStep } from "../setup/clickHouse.ts";
import { codeServerStep } from "../setup/codeServer.ts";
import { clientSteps } from "../setup/everything.ts";
import type { SetupStep } from "../setup/steps.ts";
import { systemToolsStep } from "../setup/systemTools.ts";
import { runNode } from "./childRun.ts";
import { colorEnvironment } from "./colors.ts";
import type { RunReport } from "./reporter.ts";
import { runReported } from "./runReported.ts";

export interface Suite {
	readonly name: string;
	readonly needs: readonly SetupStep[];
	/** True when it tests what the build made. */
	readonly usesBuild: boolean;
	run(): Promise<RunReport>;
}

/** Milliseconds after which a suite is ended that hangs; .mocharc.json has those for one test. */
const LIMIT = 60 * 60_000;
/** The VS Code server is for Linux; elsewhere an installed editor takes its place. */
const hasServer = process.platform === "linux";
const editorSteps = hasServer ? [codeServerStep, browserStep] : [];

/** Every suite, in the order in which `npm test` runs them. */
export const suites: readonly Suite[] = [
	check("types", "scripts/checkTypes.ts"),
	check("lint", biome, "lint", "--error-on-warnings"),
	check("format", biome, "format"),
	mocha("unit", [systemToolsStep, clickHouseStep], "--parallel"),
	mocha("faults", [], "--parallel"),
	mocha("webview", [browserStep], "--parallel"),
	{
		name: "integration",
		needs: [...editorSteps, systemToolsStep],
		usesBuild: true,
		run: () =>
			runReported(
				[hasServer ? "test/support/vscode/runInServer.ts" : "scripts/testElectron.ts"],
				LIMIT,
			),
	},
	mocha("client", [...clientSteps, systemToolsStep]),
	hasServer
		? mocha("e2e", editorSteps)
		: notHere("e2e", "it drives the VS Code server, which is set up on Linux only"),
];

/** A program that is right or wrong as a whole counts as one. */
function check(name: string, script: string | (() => string), ...args: string[]): Suite {
	return {
		name,
		needs: [],
		usesBuild: false,
		async run() {
			const file = typeof script === "string" ? script : script();
			const { code } = await runNode([file, ...args], {
				env: { ...process.env, ...colorEnvironment },
				limit: LIMIT,
			});
			const isRight = code === 0;
			return {
				passed: isRight ? 1 : 0,
				failed: isRight ? 0 : 1,
				skipped: [],
				failures: isRight ? [] : [name],
			};
		},
	};
}

function biome(): string {
	return "node_modules/@biomejs/biome/bin/biome";
}

/** @param options such as `--parallel` where no file minds what runs beside it */
function mocha(name: string, needs: readonly SetupStep[], ...options: string[]): Suite {
	const args = ["scripts/runner/runMocha.ts", ...options, `test/${name}/**/*.test.ts`];
	return { name, needs, usesBuild: true, run: () => runReported(args, LIMIT) };
}

function notHere(name: string, reason: string): Suite {
	const report: RunReport = { passed: 0, failed: 0, skipped: [`${name}: ${reason}`], failures: [] };
	return { name, needs: [], usesBuild: false, run: async () => report };
}
