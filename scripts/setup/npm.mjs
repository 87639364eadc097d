// Runs npm without showing its chatter: fetches are counted, the rest is kept for a failure.
import { spawn } from "node:child_process";

/** Last lines of npm's output that a failure shows. */
const TAIL_LINES = 15;
const NETWORK_ERROR =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

/** A failure of set-up whose message is meant for people; shown without a stack. */
export class SetupError extends Error {}

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, onFetch?: (count: number) => void }} options
 * @returns {Promise<void>} Rejects with a SetupError.
 */
export function runNpm(args, { cwd, onFetch }) {
	const { command, prefix, shell } = npmCommand();
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...prefix, ...args, "--loglevel=http", "--no-progress"], {
			cwd,
			shell,
			stdio: ["ignore", "pipe", "pipe"],
		});
		const kill = () => child.kill();
		process.once("exit", kill);
		/** @type {string[]} */
		const tail = [];
		let fetches = 0;
		let rest = "";
		const read = (/** @type {Buffer} */ chunk) => {
			const lines = (rest + chunk).split("\n");
			rest = lines.pop() ?? "";
			for (const line of lines) {
				if (line.includes("http fetch GET 200")) {
					// Descriptions are fetched as well; the archives are what takes the time.
					if (line.includes(".tgz")) {
						fetches++;
						onFetch?.(fetches);
					}
				} else if (!/^(npm error)?\s*(at .*)?$/.test(line)) {
					tail.push(line);
					tail.splice(0, tail.length - TAIL_LINES);
				}
			}
		};
		child.stdout.on("data", read);
		child.stderr.on("data", read);
		child.on("error", (error) =>
			reject(new SetupError(`npm could not be started: ${error.message}`)),
		);
		child.on("close", (code) => {
			process.off("exit", kill);
			if (code === 0) {
				resolve();
			} else {
				reject(failure(args, code, [...tail, rest].join("\n").trim()));
			}
		});
	});
}

/**
 * Under `npm run` the Node first in PATH may be the one in node_modules, which `npm ci` deletes:
 * npm's own Node and script are used instead, as npm names them to its scripts.
 */
function npmCommand() {
	const script = process.env.npm_execpath;
	if (script?.endsWith("npm-cli.js")) {
		const node = process.env.npm_node_execpath ?? process.execPath;
		return { command: node, prefix: [script], shell: false };
	}
	return { command: "npm", prefix: [], shell: process.platform === "win32" };
}

/**
 * @param {readonly string[]} args
 * @param {number | null} code
 * @param {string} output
 */
function failure(args, code, output) {
	const what = `npm ${args.join(" ")} ended with ${code ?? "a signal"}`;
	return NETWORK_ERROR.test(output)
		? new SetupError(
				`${output}\n\n${what}: the package registry cannot be reached.\n` +
					"Set-up needs the network once. Run the same command again when it is there; " +
					"what is already installed is kept.",
			)
		: new SetupError(`${output}\n\n${what}.`);
}
