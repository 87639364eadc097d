import { execFile } from "node:child_process";
import { TelemetryError } from "../telemetryError.ts";

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

/** Bytes of a listing: a hundred thousand files take about ten million. */
const MAX_LISTING = 256 * 1024 * 1024;

/** @throws TelemetryError `failed` where there is no git, or no repository */
export async function repositoryAt(folder: string, signal: AbortSignal): Promise<Repository> {
	const asked = ["rev-parse", "--show-toplevel", "--show-object-format"];
	const [root = "", format = ""] = (await git(folder, asked, signal)).trimEnd().split("\n");
	return { root, format: format === "sha256" ? "sha256" : "sha1" };
}

/** All files at and below a folder that git tracks, each once. */
export async function trackedFiles(folder: string, signal: AbortSignal): Promise<TrackedFile[]> {
	const listed = await git(folder, ["ls-files", "-s", "-z", "--full-name"], signal);
	const files = new Map<string, TrackedFile>();
	for (const entry of listed.split("\0")) {
		const [, mode = "", relativePath = ""] = /^(\d+) [^\t]*\t(.+)$/s.exec(entry) ?? [];
		if (relativePath === "") continue;
		const kind = mode === "120000" ? "symlink" : mode === "160000" ? "submodule" : "file";
		files.set(relativePath, { relativePath, kind });
	}
	return [...files.values()];
}

function git(folder: string, args: readonly string[], signal: AbortSignal): Promise<string> {
	const options = {
		cwd: folder,
		signal,
		maxBuffer: MAX_LISTING,
		windowsHide: true,
		env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
	};
	return new Promise((resolve, reject) => {
		// What a repository has git run by itself is not run for a listing.
		execFile("git", ["-c", "core.fsmonitor=false", ...args], options, (error, stdout, stderr) => {
			if (error === null) resolve(stdout);
			else reject(signal.aborted ? cancelled() : gitError(folder, error, stderr));
		});
	});
}

export function cancelled(): TelemetryError {
	return new TelemetryError("cancelled", "The snapshot was cancelled.");
}

function gitError(folder: string, error: Error & { code?: unknown }, stderr: string) {
	const isMissing = error.code === "ENOENT";
	const reason = isMissing
		? "git or the folder itself was not found"
		: (/^fatal: (.*)$/m.exec(stderr)?.[1] ?? error.message);
	return new TelemetryError(
		"failed",
		`The source files of ${folder} cannot be listed: ${reason}. Only files in git are indexed.`,
		{ cause: error },
	);
}
