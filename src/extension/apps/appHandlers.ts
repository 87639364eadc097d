import type { AppTargets } from "./appCommands.ts";

const NAMES = ["runE2eChecks", "runE2eCheck", "openE2eCheck", "refreshE2eChecks"] as const;

export type AppCommand = (typeof NAMES)[number];

/** The commands of the view "E2E Checks"; what they do is loaded when one is used. */
export function appHandlers(targets: AppTargets): Record<AppCommand, (row: unknown) => unknown> {
	const { apps } = targets;
	return {
		runE2eChecks: () => apps.engine.appActions.chooseAndRun(targets),
		runE2eCheck: (row) => apps.engine.appActions.runRow(targets, row),
		openE2eCheck: (row) => apps.engine.appActions.openRow(row),
		refreshE2eChecks: () => apps.refresh(),
	};
}
