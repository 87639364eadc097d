import type { FunctionEngine } from "../functions/functionSnapshots.ts";
import type { SourceSettings } from "../sources/sources.ts";
import type { SnapshotFiles } from "../storage/file/snapshotFile.ts";
import type { Exporter } from "./exporter.ts";

/** What the telemetry of one process is made from. */
export interface ServiceOptions extends SourceSettings {
	/** ms since the epoch */
	readonly now?: () => number;
	readonly files?: SnapshotFiles;
	/** Parses source files; without it there are no snapshots of functions. */
	readonly functions?: FunctionEngine;
	/** Loads what sends the rows elsewhere; without it nothing is sent. */
	readonly loadExporter?: () => Exporter;
}
