import { createRequire } from "node:module";
import * as path from "node:path";
import type { AppTargets } from "./appCommands.ts";
import type { AppEngine } from "./engine.ts";

const NAMES = ["runE2eChecks", "runE2eCheck", "openE2eCheck", "refreshE2eChecks"] as const;

type AppCommand = (typeof NAMES)[number];

/** What is loaded when it is first called. */
export type AppEngineLoader = () => AppEngine;

export interface AppHandlerTargets extends AppTargets {
	readonly appEngine: AppEngineLoader;
}

/** @param dist folder of the bundles */
export function appEngineIn(dist: string): AppEngineLoader {
	const file = path.join(dist, "appChecks.cjs");
	const load = createRequire(file);
	// A module is loaded once, however often it is asked for.
	return () => (load(file) as { engine: AppEngine }).engine;
}

/** The commands of the view "E2E Checks"; what they do is loaded when one is used. */
export function appHandlers(
	targets: AppHandlerTargets,
): Record<AppCommand, (row: unknown) => unknown> {
	const { apps, appEngine } = targets;
	return {
		runE2eChecks: () => appEngine().appActions.chooseAndRun(targets),
		runE2eCheck: (row) => appEngine().appActions.runRow(targets, row),
		openE2eCheck: (row) => appEngine().appActions.openRow(row),
		refreshE2eChecks: () => apps.refresh(),
	};
}
