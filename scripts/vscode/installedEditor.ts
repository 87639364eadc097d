import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../setup/which.ts";

/**
 * Program of a VS Code that is installed here: `$VSCODE_PATH`, else where its installers put it.
 * Not the `code` of PATH, which is a script that hands over and returns.
 */
export function installedEditor(): string | undefined {
	const candidates = [process.env.VSCODE_PATH, ...usualPlaces()];
	return candidates.find((file) => file !== undefined && existsSync(file));
}

function usualPlaces(): string[] {
	if (process.platform === "darwin") {
		return ["/Applications/Visual Studio Code.app/Contents/MacOS/Electron"];
	}
	if (process.platform === "win32") {
		const roots = [process.env.LOCALAPPDATA, process.env.ProgramFiles];
		return roots.flatMap((root) =>
			root === undefined
				? []
				: ["Programs", ""].map((part) => join(root, part, "Microsoft VS Code", "Code.exe")),
		);
	}
	// Without a display an editor that is there could not start.
	const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
	return hasDisplay ? [findProgram("/usr/share/code/code") ?? ""] : [];
}
