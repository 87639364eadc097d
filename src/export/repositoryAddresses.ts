import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { Projects } from "../telemetry/insights/projects.ts";

const MAX_CONFIG_BYTES = 256 * 1024;
const ORIGIN = /^\s*\[remote "origin"\]\s*$([^[]*)/m;
const URL_LINE = /^\s*url\s*=\s*(\S+)\s*$/m;

/** Addresses of the repositories that sessions work in; each folder is looked up once. */
export class RepositoryAddresses {
	readonly #projects = new Projects();
	readonly #known = new Map<string, string | null>();

	/** Where the repository of a folder is fetched from, without a name or a password; null if from nowhere. */
	of(cwd: string): string | null {
		const root = this.#projects.of(cwd);
		let known = this.#known.get(root);
		if (known === undefined) {
			known = originOf(path.join(root, ".git", "config"));
			this.#known.set(root, known);
		}
		return known;
	}
}

/** Git is not asked: it might run a program that the repository names. */
function originOf(file: string): string | null {
	try {
		if (statSync(file).size > MAX_CONFIG_BYTES) return null;
		const section = ORIGIN.exec(readFileSync(file, "utf8"))?.[1] ?? "";
		const url = URL_LINE.exec(section)?.[1];
		return url === undefined ? null : asAddress(url);
	} catch {
		return null;
	}
}

/** As a browser would go to it; the same for all ways to write it. null for a folder of this machine. */
function asAddress(url: string): string | null {
	const [, host, place] = /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!\/\/)\/?(.+)$/.exec(url) ?? [];
	const text = host === undefined ? url : `https://${host}/${place}`;
	if (!URL.canParse(text)) return null;
	const { protocol, hostname, port, pathname } = new URL(text);
	if (!/^(?:https?|ssh|git):$/.test(protocol)) return null;
	const isUsual = port === "" || protocol === "ssh:";
	return `https://${hostname}${isUsual ? "" : `:${port}`}${pathname.replace(/\/$|\.git\/?$/, "")}`;
}
