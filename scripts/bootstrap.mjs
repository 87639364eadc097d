// First code of `npm start`, `npm test` and `npm run setup`: node_modules may be missing and Node
// may be old, so this is plain JavaScript of nothing but Node 20. It sees to the dependencies and
// hands over to scripts/<command>.ts on the Node that came with them.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
/** Milliseconds between two looks at whether whoever started this is still there. */
const ORPHAN_CHECK = 1_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const [command = "", ...args] = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
	fail(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
}
const script = join(root, "scripts", `${command}.ts`);
if (!/^[a-z]+$/.test(command) || !existsSync(script)) {
	fail("usage: node scripts/bootstrap.mjs <start|test|setup> [arguments]");
}
// Imported late: older versions of Node would stop at its syntax before the message above.
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { SetupError } = await import("./setup/npm.mjs");
try {
	handOver(await ensureDependencies());
} catch (error) {
	if (error instanceof SetupError) {
		fail(error.message);
	}
	throw error;
}

/** @param {string} node */
function handOver(node) {
	const bin = join(root, "node_modules", ".bin");
	process.env.PATH = `${bin}${delimiter}${process.env.PATH ?? ""}`;
	const child = spawn(node, [script, ...args], { stdio: "inherit" });
	// A terminal's Ctrl-C reaches the child by itself; it decides when this ends.
	process.on("SIGINT", () => {});
	for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
		process.on(signal, () => child.kill(signal));
	}
	// npm dies of a signal without passing it on.
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) {
			child.kill("SIGTERM");
		}
	}, ORPHAN_CHECK).unref();
	child.on("error", (error) => fail(error.message));
	child.on("close", (code) => process.exit(code ?? 1));
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
	console.error(message);
	process.exit(1);
}
