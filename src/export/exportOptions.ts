import type { SingleExport } from "../telemetry/worker/exporter.ts";
import { RepositoryAddresses } from "./repositoryAddresses.ts";
import { ExportState } from "./sending/exportState.ts";
import { type Target, targetOf } from "./sending/target.ts";

export interface ExportOptions {
	readonly target: Target;
	readonly state: ExportState;
	readonly courier: SingleExport["courier"];
	readonly repositories: RepositoryAddresses;
	readonly version: string;
	/** ms since the epoch; sessions that were heard of last before it are not sent */
	readonly since: number;
	/** Whether the name of whoever runs this is told. */
	readonly tellsUser: boolean;
	/** Whether addresses of repositories are told, and not only hashes of them. */
	readonly tellsRepositories: boolean;
}

/** @throws TargetError where settings and environment name no receiver */
export function exportOptions(what: Omit<SingleExport, "now">): ExportOptions {
	const { databaseFile, settings, env, courier, since } = what;
	const target = targetOf(settings, env);
	return {
		target,
		state: new ExportState(databaseFile, target.traces.url),
		courier,
		repositories: new RepositoryAddresses(),
		version: settings.version,
		since,
		tellsUser: settings.tellsUser,
		tellsRepositories: settings.tellsRepositories,
	};
}
