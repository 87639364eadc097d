import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inProject, vsixFile } from "../paths.ts";
import {
	installExtension,
	startServer,
	workbenchUrl,
	writeMachineSettings,
} from "../vscode/server.ts";
import { quietSettings } from "../vscode/settings.ts";
import { type Editor, panelSettings, userEnvironment } from "./editor.ts";
import { createGuard } from "./guard.ts";
import { listen } from "./listen.ts";
import type { StartOptions } from "./options.ts";

/** The VS Code server behind a guard, with the packaged extension. Rejects when a port is taken. */
export async function startEmbedded(options: StartOptions, folder: string): Promise<Editor> {
	// A socket's path is short by law, and this folder is its owner's alone.
	const ownFolder = mkdtempSync(join(tmpdir(), "agent-live-graph-"));
	const socketPath = join(ownFolder, "server.sock");
	const token = randomBytes(32).toString("hex");
	const tokenFile = join(ownFolder, "token");
	writeFileSync(tokenFile, token, { mode: 0o600 });
	const guard = createGuard({ socketPath, token, folder });
	const clean = () => rmSync(ownFolder, { recursive: true, force: true });
	process.once("exit", clean);
	const port = await listen(guard, options.port);
	// One for each port: of two that run at once neither changes the other's settings.
	const dataFolder = inProject(".vscode-test", `start-${port}`);
	const serverOptions = {
		dataFolder,
		extensionsFolder: join(ownFolder, "extensions"),
		socketPath,
		tokenFile,
		env: userEnvironment(),
	};
	writeMachineSettings(dataFolder, { ...quietSettings, ...panelSettings(options) });
	await installExtension(vsixFile, serverOptions);
	const server = await startServer(serverOptions);
	const url = `${workbenchUrl(`http://127.0.0.1:${port}`, folder)}&tkn=${token}`;
	return {
		url,
		page: writePage(join(ownFolder, "open.html"), url),
		ended: server.ended.then((text) => `The VS Code server is gone: ${text}`),
		async stop() {
			guard.close();
			guard.closeAllConnections();
			await server.stop();
			clean();
		},
	};
}

/** What a program is given as an argument all users can read; a file only its owner. */
function writePage(file: string, url: string): string {
	const address = url.replaceAll("&", "&amp;");
	writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">\n`, {
		mode: 0o600,
	});
	return file;
}
