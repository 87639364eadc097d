// Step one of set-up: node_modules, with the Node that everything else runs on.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { runNpm, SetupError } from "./npm.mjs";
import { startProgress } from "./progress.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const isWindows = process.platform === "win32";
const bundledNode = join(modules, "node", "bin", isWindows ? "node.exe" : "node");
/** From this version on Node runs .ts files as they are. */
const OLDEST_NODE_FOR_TYPESCRIPT = [22, 18];

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */

/**
 * Installs what package-lock.json names, unless it is there.
 * @returns {Promise<string>} Path of the Node to go on with.
 */
export async function ensureDependencies() {
	if (!isInstalled()) {
		await withLock(join(root, ".tools", "dependencies.lock"), async () => {
			// Another process may have done it while this one waited.
			if (!isInstalled()) {
				await install();
			}
		});
	}
	return findNode();
}

async function install() {
	const total = Object.keys(readLock(join(root, "package-lock.json")) ?? {}).length;
	const progress = startProgress("dependencies");
	try {
		await runNpm(["ci", "--include=dev"], {
			cwd: root,
			onFetch: (count) => progress.update(`fetched ${count} of at most ${total} packages`),
		});
		if (!existsSync(bundledNode)) {
			progress.update("fetching Node, whose install script did not run");
			installNodeByHand();
		}
	} catch (error) {
		progress.fail();
		throw error;
	}
	progress.done();
}

/**
 * npm may have been told to run no install scripts; then the one of `node` is run from here. What
 * it did shows in whether the program is there.
 */
function installNodeByHand() {
	// npm's own Node: the one running this may have stood in the node_modules that is gone now.
	const node = process.env.npm_node_execpath ?? process.execPath;
	const folder = join(modules, "node");
	spawnSync(node, ["installArchSpecificPackage.js"], { cwd: folder, stdio: "ignore" });
	const link = join(modules, ".bin", "node");
	if (!isWindows && existsSync(bundledNode) && !existsSync(link)) {
		symlinkSync(join("..", "node", "bin", "node"), link);
	}
}

/**
 * npm keeps a copy of what it installed and writes it last, so that copy is the stamp: it also
 * knows of packages that were added by hand, and a broken-off installation leaves none.
 */
function isInstalled() {
	const wanted = readLock(join(root, "package-lock.json"));
	const actual = readLock(join(modules, ".package-lock.json"));
	if (wanted === undefined || actual === undefined || !hasUsableNode()) {
		return false;
	}
	return Object.entries(wanted).every(
		([path, entry]) => path === "" || !isNeeded(entry) || actual[path]?.version === entry.version,
	);
}

/** @param {LockedPackage} entry */
function isNeeded({ optional, os, cpu, libc }) {
	const isForUs = (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
	return !optional || ((os ?? cpu) !== undefined && libc === undefined && isForUs);
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8")).packages;
	} catch {
		return undefined;
	}
}

function hasUsableNode() {
	return existsSync(bundledNode) || canRunTypeScript();
}

function canRunTypeScript() {
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE_FOR_TYPESCRIPT;
	return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

function findNode() {
	if (existsSync(bundledNode)) {
		return bundledNode;
	}
	if (canRunTypeScript()) {
		return process.execPath;
	}
	throw new SetupError(
		`The npm package "node" did not install its program, and Node ${process.versions.node} is ` +
			`older than ${OLDEST_NODE_FOR_TYPESCRIPT.join(".")}. Run "npm rebuild node", or use a newer Node.`,
	);
}
