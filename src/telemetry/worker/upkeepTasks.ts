import { formatCount } from "../../model/views/format.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../../sequences/proposals/thresholds.ts";
import type { Telemetry } from "../api.ts";
import type { SnapshotRequest } from "../functions/snapshotResult.ts";
import { TelemetryError } from "../telemetryError.ts";

/**
 * Records the versions of functions. Says in a few words what came of it; that there is nothing to
 * index, such as a folder that git does not know, is no failure of the upkeep.
 */
export async function takeSnapshot(
	telemetry: Pick<Telemetry, "snapshot">,
	request: SnapshotRequest,
	signal: AbortSignal,
): Promise<string> {
	try {
		const { functions, newVersions } = await telemetry.snapshot(request, { signal });
		return `${formatCount(functions, "function")}, ${formatCount(newVersions, "new version")}`;
	} catch (error) {
		if (!(error instanceof TelemetryError) || error.reason !== "failed") throw error;
		return `no functions: ${error.message}`;
	}
}

/**
 * Searches for sequences and renews the proposals, by these thresholds or the usual ones. Says in a few
 * words what came of it.
 */
export async function searchSequences(
	telemetry: Pick<Telemetry, "detectSequences">,
	signal: AbortSignal,
	thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Promise<string> {
	const found = await telemetry.detectSequences({ proposes: true, thresholds }, { signal });
	const { sequences, newProposals } = found;
	return `${formatCount(sequences, "sequence")}, ${formatCount(newProposals, "new proposal")}`;
}
