import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inProject, vsixFile } from "../paths.ts";
import { findProgram } from "../setup/which.ts";
import { quietSettings } from "../vscode/settings.ts";
import { type Editor, panelSettings, userEnvironment } from "./editor.ts";
import type { StartOptions } from "./options.ts";

const isWindows = process.platform === "win32";

/**
 * The installed VS Code with a profile and an extensions folder of its own: what the user has
 * installed and set is neither used nor changed. Rejects when there is no `code`.
 */
export async function startDesktop(options: StartOptions, folder: string): Promise<Editor> {
	const code = findProgram("code");
	if (code === undefined) {
		throw new Error(
			"There is no `code` in PATH. In VS Code run \"Shell Command: Install 'code' command in " +
				'PATH", or leave --desktop out.',
		);
	}
	const profile = inProject(".vscode-test", "desktop");
	const userFolder = join(profile, "User");
	mkdirSync(userFolder, { recursive: true, mode: 0o700 });
	const settings = { ...quietSettings, ...panelSettings(options) };
	writeFileSync(join(userFolder, "settings.json"), JSON.stringify(settings, null, "\t"));
	const common = ["--user-data-dir", profile, "--extensions-dir", join(profile, "extensions")];
	const env = userEnvironment();
	const install = [...common, "--install-extension", vsixFile, "--force"];
	await promisify(execFile)(code, install, { env, shell: isWindows });
	const child = spawn(code, [...common, "--new-window", "--wait", folder], {
		env,
		shell: isWindows,
		stdio: "ignore",
		detached: !isWindows,
	});
	const ended = once(child, "close").then(() => "The window was closed.");
	return { url: undefined, page: undefined, ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
	if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
		process.kill(isWindows ? child.pid : -child.pid);
		await ended;
	}
}
