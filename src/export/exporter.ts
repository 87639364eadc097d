// What is loaded where somebody has turned the export on.
import { firstHeardAt } from "../telemetry/queries/exportRows.ts";
import type { Exporter } from "../telemetry/worker/exporter.ts";
import { exportMetrics } from "./exportMetrics.ts";
import { exportOptions } from "./exportOptions.ts";
import { exportRound } from "./exportRound.ts";
import { FollowedExport } from "./followedExport.ts";

/** Sends what was not sent, and the metrics of all of it. */
export const exportOnce: Exporter["exportOnce"] = async (store, what) => {
	const options = exportOptions(what);
	const figures = await exportRound(() => store, options, what.now);
	const from = what.since > 0 ? what.since : firstHeardAt(store);
	const { rejected } = await exportMetrics(store, options, from, what.now, "");
	return { ...figures, rejectedPoints: rejected };
};

/** Sends what the telemetry's thread writes, within that thread, until it is ended. */
export const startExport: Exporter["startExport"] = (source, settings, env) => {
	const end = new AbortController();
	const run = new FollowedExport(source, settings, env, end.signal);
	const ended = run.follow();
	return {
		progress: () => run.progress,
		dispose: () => {
			end.abort();
			return ended;
		},
	};
};
