import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { FIRST_HOOKED, HOOKED_CLIENTS } from "../ingest/clients/hookedClients.ts";
import { isCode } from "./settings/settingsFile.ts";

/** The hooks as they were packaged. */
export interface HookPackage {
	/** Text of each client's hooks.json, by its name. */
	readonly registrations: ReadonlyMap<string, string>;
	/** Scripts and what they read, by their path below the folder, with `/`. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Version and the start of a hash of the content: `0.1.0-1a2b3c4d`. */
	readonly version: string;
}

/** @param folder that holds hooks.json and the scripts @param version of the package */
export async function readHookPackage(folder: string, version: string): Promise<HookPackage> {
	const names = (await fs.readdir(folder, { recursive: true }))
		.map((name) => name.replace(/\\/g, "/"))
		.filter((name) => /^(?:[\w-]+\.sh|lib\/(?:[\w-]+\/)?[\w-]+\.(?:sh|jq))$/.test(name))
		.sort();
	const hash = createHash("sha256");
	const registrations = new Map<string, string>();
	for (const { name } of HOOKED_CLIENTS) {
		const below = name === FIRST_HOOKED.name ? folder : path.join(folder, "lib", name);
		const text = await fs.readFile(path.join(below, "hooks.json"), "utf8");
		registrations.set(name, text);
		hash.update(text);
	}
	const files = new Map<string, Uint8Array>();
	for (const name of names) {
		const bytes = await fs.readFile(path.join(folder, name));
		hash.update(`\0${name}\0${bytes.length}\0`).update(bytes);
		files.set(name, bytes);
	}
	return { registrations, files, version: `${version}-${hash.digest("hex").slice(0, 8)}` };
}

/**
 * Puts the scripts into a folder of their own below `root`, named by their version. A folder that
 * is whole is left alone; other versions are never touched, as a session may run them.
 *
 * @returns the folder
 */
export async function placeHooks(hooks: HookPackage, root: string): Promise<string> {
	const folder = path.join(root, hooks.version);
	if (await isWhole(hooks, folder)) return folder;
	await fs.mkdir(root, { recursive: true, mode: 0o700 });
	const temporary = await fs.mkdtemp(path.join(root, ".new-"));
	try {
		for (const [name, bytes] of hooks.files) {
			const file = path.join(temporary, name);
			await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
			await fs.writeFile(file, bytes, { mode: name.includes("/") ? 0o600 : 0o700 });
		}
		await moveIn(hooks, temporary, folder);
	} finally {
		await fs.rm(temporary, { recursive: true, force: true });
	}
	if (!(await isWhole(hooks, folder))) throw new Error(`the hooks in ${folder} are not whole`);
	return folder;
}

/** A folder that is there but not whole gets file by file what it lacks: hooks may be running. */
async function moveIn(hooks: HookPackage, temporary: string, folder: string): Promise<void> {
	try {
		await fs.rename(temporary, folder);
		return;
	} catch (error) {
		const isThere = ["ENOTEMPTY", "EEXIST", "EPERM"].some((code) => isCode(error, code));
		if (!isThere) throw error;
	}
	for (const name of hooks.files.keys()) {
		await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true, mode: 0o700 });
		await fs.rename(path.join(temporary, name), path.join(folder, name));
	}
}

async function isWhole({ files }: HookPackage, folder: string): Promise<boolean> {
	for (const [name, bytes] of files) {
		const found = await fs.readFile(path.join(folder, name)).catch(() => null);
		if (found === null || Buffer.compare(found, bytes) !== 0) return false;
	}
	return true;
}
