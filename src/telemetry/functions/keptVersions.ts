import { FunctionSums } from "../rollups/functionSums.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { addVersion, type FunctionVersion } from "./versionTable.ts";

/** No log holds what snapshots found: a rebuild takes it over from the database before. */
export function keepVersions(from: TelemetryStore, to: TelemetryStore): void {
	const versions = from.all<VersionRow>(ALL);
	to.transaction(() => {
		const sums = new FunctionSums(to.statements);
		for (const version of versions) {
			addVersion(to.statements, sums, { ...version, lines: linesOf(version.lines) });
		}
		sums.flush();
	});
}

type VersionRow = Omit<FunctionVersion, "lines"> & { readonly lines: string | null };

/** @param text such as `3-12` */
function linesOf(text: string | null): readonly [number, number] | null {
	const [first = Number.NaN, last = Number.NaN] = (text ?? "").split("-").map(Number);
	return Number.isNaN(first + last) ? null : [first, last];
}

const ALL = `SELECT function_id AS functionId, version_hash AS hash, ts, source, file_path AS filePath,
	lines, git_blob AS blob, copy_of AS copyOf FROM function_versions`;
