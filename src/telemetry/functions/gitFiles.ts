import { realpath } from "node:fs/promises";
import * as path from "node:path";
import { TelemetryError } from "../telemetryError.ts";
import { git } from "./git.ts";

/** A file that git tracks. */
interface TrackedFile {
	/** Below the top folder of the repository, with forward slashes. */
	readonly relativePath: string;
	readonly kind: "file" | "symlink" | "submodule";
}

export interface Repository {
	/** Absolute. */
	readonly root: string;
	readonly format: "sha1" | "sha256";
}

/**
 * @throws TelemetryError `failed` where there is no git, or no repository, or one whose own settings say
 * that its files lie elsewhere
 */
export async function repositoryAt(folder: string, signal: AbortSignal): Promise<Repository> {
	const asked = ["rev-parse", "--show-object-format", "--show-toplevel"];
	// The name of a folder may have lines of its own.
	const [, format = "", root = ""] =
		/^([^\n]*)\n(.*)\n$/s.exec(await ask(folder, asked, signal)) ?? [];
	if (!isBelow(await realpath(root), await realpath(folder))) {
		throw notListed(folder, `its repository says that its files are in ${root}`);
	}
	return { root, format: format === "sha256" ? "sha256" : "sha1" };
}

/** Whether a file is in a folder, or is the folder; both absolute and without links. */
export function isBelow(folder: string, file: string): boolean {
	const relative = path.relative(folder, file);
	return !/^\.\.(?:[/\\]|$)/.test(relative) && !path.isAbsolute(relative);
}

/** All files at and below a folder that git tracks, each once. */
export async function trackedFiles(folder: string, signal: AbortSignal): Promise<TrackedFile[]> {
	const listed = await ask(folder, ["ls-files", "-s", "-z", "--full-name"], signal);
	const files = new Map<string, TrackedFile>();
	for (const entry of listed.split("\0")) {
		const [, mode = "", relativePath = ""] = /^(\d+) [^\t]*\t(.+)$/s.exec(entry) ?? [];
		if (relativePath === "") continue;
		const kind = mode === "120000" ? "symlink" : mode === "160000" ? "submodule" : "file";
		files.set(relativePath, { relativePath, kind });
	}
	return [...files.values()];
}

/** A file's content as git has it; null where git does not have it here. */
export async function blobText(folder: string, blob: string): Promise<string | null> {
	if (!/^[0-9a-f]{40,64}$/.test(blob)) return null;
	return git(folder, ["cat-file", "blob", blob]).catch(() => null);
}

export function cancelled(): TelemetryError {
	return new TelemetryError("cancelled", "The snapshot was cancelled.");
}

async function ask(folder: string, args: readonly string[], signal: AbortSignal): Promise<string> {
	try {
		return await git(folder, args, signal);
	} catch (error) {
		if (signal.aborted) throw cancelled();
		throw notListed(folder, error instanceof Error ? error.message : String(error), error);
	}
}

function notListed(folder: string, reason: string, cause?: unknown): TelemetryError {
	return new TelemetryError(
		"failed",
		`The source files of ${folder} cannot be listed: ${reason}. Only files in git are indexed.`,
		{ cause },
	);
}
