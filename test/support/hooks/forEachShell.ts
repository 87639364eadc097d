import { findProgram } from "../../../scripts/setup/which.ts";
import { HookLab, shells } from "./hookLab.ts";

/**
 * Declares the same tests once for every shell, each with a fresh {@link HookLab}. A shell that is
 * not there is skipped by its name, and so is everything where jq is missing.
 */
export function forEachShell(title: string, declare: (lab: () => HookLab) => void): void {
	for (const shell of shells) {
		describe(`${title}, under ${shell.name}`, () => {
			let lab: HookLab;
			before(function () {
				if (!findProgram(shell.program) || !findProgram("jq")) this.skip();
			});
			beforeEach(() => {
				lab = new HookLab(shell);
			});
			afterEach(() => lab?.dispose());
			declare(() => lab);
		});
	}
}
