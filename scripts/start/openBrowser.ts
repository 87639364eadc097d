import { spawn } from "node:child_process";
import { findProgram } from "../setup/which.ts";

/** Opens a page in the user's browser where there is a desktop. Says whether it tried. */
export function openBrowser(page: string): boolean {
	const command = opener();
	if (command === undefined || process.env.CI !== undefined) {
		return false;
	}
	const [program, ...args] = command;
	const child = spawn(program, [...args, page], { stdio: "ignore", detached: true });
	// The address stands in the terminal; that is enough when there is no browser.
	child.on("error", () => {});
	child.unref();
	return true;
}

function opener(): [string, ...string[]] | undefined {
	if (process.platform === "darwin") {
		return ["open"];
	}
	if (process.platform === "win32") {
		return ["rundll32", "url.dll,FileProtocolHandler"];
	}
	const hasDesktop = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
	const program = findProgram("xdg-open");
	return hasDesktop && program !== undefined ? [program] : undefined;
}
