import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { get, type RequestOptions } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeServerFolder } from "../setup/codeServer.ts";

export interface ServerOptions {
	/** Holds the server's data and settings, and installed extensions where they have no other folder. */
	readonly dataFolder: string;
	/**
	 * Holds installed extensions. Those within a folder that is opened and not trusted are taken for that
	 * folder's own, and are not run.
	 */
	readonly extensionsFolder?: string;
	/** A socket file instead of a free port on 127.0.0.1. */
	readonly socketPath?: string;
	/**
	 * Holds the token that whoever connects has to know; workspace trust is on then. Without it anybody
	 * on this machine is let in, and every folder is trusted, as tests want it.
	 */
	readonly tokenFile?: string;
	readonly env: NodeJS.ProcessEnv;
	/** Lets a page name the extension and the tests that the extension host loads. */
	readonly isTestDriver?: boolean;
	/** Receives the server's output; it is dropped otherwise. */
	readonly onOutput?: (text: string) => void;
}

export interface RunningServer {
	/** Such as `http://127.0.0.1:8123`; not to be used with a socket file. */
	readonly origin: string;
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

/** Starts the VS Code server. Rejects with its output when it does not come up. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const port = await findFreePort();
	const listen = options.socketPath
		? ["--socket-path", options.socketPath]
		: ["--host", "127.0.0.1", "--port", String(port)];
	const driver = options.isTestDriver === true ? ["--enable-smoke-test-driver"] : [];
	const access = options.tokenFile
		? ["--connection-token-file", options.tokenFile]
		: ["--without-connection-token", "--disable-workspace-trust"];
	const child = spawnServer(options, [...listen, ...access, ...driver]);
	const ended = watch(child, options.onOutput);
	const killOnExit = () => signalGroup(child, "SIGKILL");
	process.once("exit", killOnExit);
	const stop = async () => {
		await stopServer(child, ended);
		process.off("exit", killOnExit);
	};
	try {
		const where = options.socketPath ? { socketPath: options.socketPath } : { port };
		await waitForAnswer({ host: "127.0.0.1", ...where }, ended);
	} catch (error) {
		await stop();
		throw error;
	}
	return { origin: `http://127.0.0.1:${port}`, ended, stop };
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
	mkdirSync(folder, { recursive: true, mode: 0o700 });
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
		...(options.extensionsFolder ? ["--extensions-dir", options.extensionsFolder] : []),
	];
	mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
	return spawn(process.execPath, [...common, ...args], {
		cwd: codeServerFolder(),
		env: options.env,
		stdio: ["ignore", "pipe", "pipe"],
		// Its own process group: extension hosts are ended with it, and Ctrl-C reaches it through us.
		detached: process.platform !== "win32",
	});
}

/** Settles with how the process ended and its last output. */
function watch(child: ChildProcess, onOutput?: (text: string) => void): Promise<string> {
	let tail = "";
	const read = (chunk: Buffer) => {
		tail = (tail + chunk).slice(-4_000);
		onOutput?.(String(chunk));
	};
	child.stdout?.on("data", read);
	child.stderr?.on("data", read);
	return new Promise((resolve) => {
		child.on("error", (error) => resolve(error.message));
		child.on("close", (code, signal) => resolve(`it ended with ${signal ?? code}\n${tail}`));
	});
}

async function waitForAnswer(where: RequestOptions, ended: Promise<string>): Promise<void> {
	let end: string | undefined;
	void ended.then((text) => {
		end = text;
	});
	const deadline = performance.now() + START_TIMEOUT;
	while (performance.now() < deadline) {
		if (end !== undefined) {
			throw new Error(`The VS Code server did not start: ${end}`);
		}
		if (await answers(where)) {
			return;
		}
		await delay(100);
	}
	throw new Error(`The VS Code server did not answer within ${START_TIMEOUT / 1000} s.`);
}

function answers(where: RequestOptions): Promise<boolean> {
	return new Promise((resolve) => {
		const request = get({ ...where, path: "/version", timeout: 5_000 }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		});
		request.on("timeout", () => request.destroy());
		request.on("error", () => resolve(false));
	});
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
