// `npm run test:electron`: the suite of the extension host under a desktop VS Code: an installed
// one, else the oldest one that package.json allows, which @vscode/test-electron downloads.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { bundleTests } from "../test/support/vscode/bundleTests.ts";
import { build } from "./build.ts";
import { inProject, root } from "./paths.ts";
import { isolate } from "./runner/isolation.ts";
import { REPORT_VARIABLE } from "./runner/reporter.ts";
import { installedEditor } from "./vscode/installedEditor.ts";

const home = isolate();
try {
	await build();
	const editor = installedEditor();
	const workspace = join(home.folder, "workspace");
	mkdirSync(workspace);
	await runTests({
		...(editor === undefined ? { version: oldestVersion() } : { vscodeExecutablePath: editor }),
		extensionDevelopmentPath: root,
		extensionTestsPath: await bundleTests(),
		launchArgs: [
			workspace,
			"--disable-extensions",
			"--disable-workspace-trust",
			"--skip-welcome",
			"--skip-release-notes",
			"--user-data-dir",
			join(home.folder, "user"),
		],
		extensionTestsEnv: { ...home.env, [REPORT_VARIABLE]: process.env[REPORT_VARIABLE] },
	});
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	home.remove();
}

/** Such as "1.101.0" of "^1.101.0". */
function oldestVersion(): string {
	const { engines } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
	return String(engines.vscode).replace(/^\D+/, "");
}
