import { keepE2eRuns } from "../e2e/e2eTable.ts";
import { keepIndexedFiles } from "../functions/indexedFiles.ts";
import { keepVersions } from "../functions/keptVersions.ts";
import { keepDecisions } from "../learning/proposalTable.ts";
import type { TelemetryStore } from "./store.ts";

/** Takes over what no log and no transcript holds. */
export function keepUnlogged(from: TelemetryStore, to: TelemetryStore): void {
	keepDecisions(from, to);
	keepE2eRuns(from, to);
	keepVersions(from, to);
	keepIndexedFiles(from, to);
}
