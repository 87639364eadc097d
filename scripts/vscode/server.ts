import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeServerFolder } from "../setup/codeServer.ts";

export interface ServerOptions {
	/** Holds the server's data, installed extensions and settings. */
	readonly dataFolder: string;
	/** 0 or undefined: any free port. */
	readonly port?: number | undefined;
	readonly env: NodeJS.ProcessEnv;
	/** Lets a page name the extension and the tests that the extension host loads. */
	readonly isTestDriver?: boolean;
	/** Receives the server's output; it is dropped otherwise. */
	readonly onOutput?: (text: string) => void;
}

export interface RunningServer {
	/** Such as `http://127.0.0.1:8123`. */
	readonly origin: string;
	readonly port: number;
	/** Settles when the server ends, whoever ended it; the text says how. */
	readonly ended: Promise<string>;
	/** Ends the server and its extension hosts. */
	stop(): Promise<void>;
}

/** Milliseconds the server may take to answer after its start, on a slow machine. */
const START_TIMEOUT = 120_000;
/** Milliseconds between SIGTERM and SIGKILL. */
const STOP_TIMEOUT = 5_000;
const mainScript = () => join(codeServerFolder(), "out", "server-main.js");

/** Starts the VS Code server on 127.0.0.1. Rejects with its output when it does not come up. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const port = options.port || (await findFreePort());
	const driver = options.isTestDriver === true ? ["--enable-smoke-test-driver"] : [];
	const child = spawnServer(options, [
		"--host",
		"127.0.0.1",
		"--port",
		String(port),
		"--without-connection-token",
		"--disable-workspace-trust",
		...driver,
	]);
	let output = "";
	const onOutput = (chunk: Buffer) => {
		output = (output + chunk).slice(-4_000);
		options.onOutput?.(String(chunk));
	};
	child.stdout?.on("data", onOutput);
	child.stderr?.on("data", onOutput);
	const ended = new Promise<string>((resolve) => {
		child.on("error", (error) => resolve(error.message));
		child.on("close", (code, signal) => resolve(`it ended with ${signal ?? code}\n${output}`));
	});
	const origin = `http://127.0.0.1:${port}`;
	const killOnExit = () => signalGroup(child, "SIGKILL");
	process.once("exit", killOnExit);
	const stop = async () => {
		await stopServer(child, ended);
		process.off("exit", killOnExit);
	};
	try {
		await waitForAnswer(origin, ended);
	} catch (error) {
		await stop();
		throw error;
	}
	return { origin, port, ended, stop };
}

/** Installs a packaged extension into the server's data folder. */
export async function installExtension(vsix: string, options: ServerOptions): Promise<void> {
	const child = spawnServer(options, ["--install-extension", vsix, "--force"]);
	let output = "";
	child.stdout?.on("data", (chunk) => (output += chunk));
	child.stderr?.on("data", (chunk) => (output += chunk));
	const [code] = await once(child, "close");
	if (code !== 0) {
		throw new Error(`installing ${vsix} ended with ${code}\n${output}`);
	}
}

/** Settings of this server's machine; a page's own settings come on top of them. */
export function writeMachineSettings(dataFolder: string, settings: object): void {
	const folder = join(dataFolder, "data", "Machine");
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "settings.json"), JSON.stringify(settings, null, "\t"));
}

/** Address that opens a folder in the workbench. */
export function workbenchUrl(origin: string, folder: string, payload?: [string, string][]): string {
	const url = new URL(origin);
	url.searchParams.set("folder", folder);
	if (payload !== undefined) {
		url.searchParams.set("payload", JSON.stringify(payload));
	}
	return url.href;
}

function spawnServer(options: ServerOptions, args: readonly string[]): ChildProcess {
	const common = [
		mainScript(),
		"--accept-server-license-terms",
		"--server-data-dir",
		options.dataFolder,
		"--telemetry-level",
		"off",
	];
	mkdirSync(options.dataFolder, { recursive: true });
	return spawn(process.execPath, [...common, ...args], {
		cwd: codeServerFolder(),
		env: options.env,
		stdio: ["ignore", "pipe", "pipe"],
		// Its own process group: extension hosts are ended with it, and Ctrl-C reaches it through us.
		detached: process.platform !== "win32",
	});
}

async function waitForAnswer(origin: string, ended: Promise<string>): Promise<void> {
	let end: string | undefined;
	void ended.then((text) => {
		end = text;
	});
	const deadline = performance.now() + START_TIMEOUT;
	while (performance.now() < deadline) {
		if (end !== undefined) {
			throw new Error(`the VS Code server did not start: ${end}`);
		}
		try {
			const response = await fetch(origin, { signal: AbortSignal.timeout(5_000) });
			await response.body?.cancel();
			if (response.ok) {
				return;
			}
		} catch {
			// Not listening yet.
		}
		await delay(100);
	}
	throw new Error(
		`the VS Code server did not answer on ${origin} within ${START_TIMEOUT / 1000} s`,
	);
}

async function stopServer(child: ChildProcess, ended: Promise<string>): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		signalGroup(child, "SIGTERM");
		const timer = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_TIMEOUT);
		await ended;
		clearTimeout(timer);
	}
	// Extension hosts that outlived the server.
	signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) {
		return;
	}
	try {
		process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
	} catch {
		// It is gone already.
	}
}

/** Another process could take the port before the server does; then the server says so and ends. */
async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") {
		throw new Error("no free port on 127.0.0.1");
	}
	return address.port;
}
