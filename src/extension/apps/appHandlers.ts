import type { AppTargets } from "./appCommands.ts";
import type { AppEngine } from "./engine.ts";

const NAMES = ["runE2eChecks", "runE2eCheck", "openE2eCheck", "refreshE2eChecks"] as const;

type AppCommand = (typeof NAMES)[number];

/** What is loaded when it is first called. */
export type AppEngineLoader = () => AppEngine;

export interface AppHandlerTargets extends AppTargets {
	readonly appEngine: AppEngineLoader;
}

/** The commands of the view "E2E Checks"; what they do is loaded when one is used. */
export function appHandlers(
	targets: AppHandlerTargets,
): Record<AppCommand, (row: unknown) => unknown> {
	const { appEngine } = targets;
	return {
		runE2eChecks: () => appEngine().appActions.chooseAndRun(targets),
		runE2eCheck: (row) => appEngine().appActions.runRow(targets, row),
		openE2eCheck: (row) => appEngine().appActions.openRow(row),
		refreshE2eChecks: () => targets.apps.refresh(),
	};
}
