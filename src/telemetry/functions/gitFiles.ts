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

/** @throws TelemetryError `failed` where there is no git, or no repository */
export async function repositoryAt(folder: string, signal: AbortSignal): Promise<Repository> {
	const asked = ["rev-parse", "--show-toplevel", "--show-object-format"];
	const [root = "", format = ""] = (await ask(folder, asked, signal)).trimEnd().split("\n");
	return { root, format: format === "sha256" ? "sha256" : "sha1" };
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
		const reason = error instanceof Error ? error.message : String(error);
		throw new TelemetryError(
			"failed",
			`The source files of ${folder} cannot be listed: ${reason}. Only files in git are indexed.`,
			{ cause: error },
		);
	}
}
