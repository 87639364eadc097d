import { mkdtempSync, rmSync } from "node:fs";
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
	const socketFolder = mkdtempSync(join(tmpdir(), "agent-live-graph-"));
	const socketPath = join(socketFolder, "server.sock");
	const guard = createGuard(socketPath);
	const clean = () => rmSync(socketFolder, { recursive: true, force: true });
	process.once("exit", clean);
	const port = await listen(guard, options.port);
	// One for each port: of two that run at once neither changes the other's settings.
	const dataFolder = inProject(".vscode-test", `start-${port}`);
	const serverOptions = { dataFolder, socketPath, env: userEnvironment() };
	writeMachineSettings(dataFolder, { ...quietSettings, ...panelSettings(options) });
	await installExtension(vsixFile, serverOptions);
	const server = await startServer(serverOptions);
	return {
		url: workbenchUrl(`http://127.0.0.1:${port}`, folder),
		ended: server.ended.then((text) => `The VS Code server is gone: ${text}`),
		async stop() {
			guard.close();
			guard.closeAllConnections();
			await server.stop();
			clean();
		},
	};
}
