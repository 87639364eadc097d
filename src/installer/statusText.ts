import type { InstalledHooks } from "./hookStatus.ts";

/** One line for people about what a settings file has. */
export function describeInstalled(hooks: InstalledHooks): string {
	if (hooks.error !== null) return `can not be read: ${hooks.error}`;
	if (hooks.versions.length === 0) return "no hooks";
	const facts = [
		hooks.installed < hooks.wanted
			? `${hooks.installed} of ${hooks.wanted} hooks`
			: `${hooks.installed} hooks`,
		`version ${hooks.versions.join(", ")}`,
		...(hooks.isOutdated ? ["not of this version"] : []),
		...(hooks.missingScripts > 0 ? [`${hooks.missingScripts} scripts are gone`] : []),
		...(hooks.changedByHand > 0 ? [`${hooks.changedByHand} changed by hand`] : []),
		...(hooks.isDisabled ? ["all hooks are turned off (disableAllHooks)"] : []),
	];
	return facts.join(", ");
}
