import type { HookedClient } from "../../ingest/clients/hookedClients.ts";
import type { InstalledHooks } from "./hookStatus.ts";

/** One line for people about what a settings file has. */
export function describeInstalled(hooks: InstalledHooks): string {
	if (hooks.error !== null) return `can not be read: ${hooks.error}`;
	const unread = hooks.isIgnored
		? [`not read by ${hooks.client.title}: ${reasonOf(hooks.client)}`]
		: [];
	if (hooks.versions.length === 0) return ["no hooks", ...unread].join(", ");
	const facts = [
		hooks.installed < hooks.wanted
			? `${hooks.installed} of ${hooks.wanted} hooks`
			: `${hooks.installed} hooks`,
		`version ${hooks.versions.join(", ")}`,
		...(hooks.isOutdated ? ["not of this version"] : []),
		...(hooks.missingScripts > 0 ? [`${hooks.missingScripts} scripts are gone`] : []),
		...(hooks.changedByHand > 0 ? [`${hooks.changedByHand} changed by hand`] : []),
		...(hooks.isDisabled ? ["disableAllHooks is set"] : []),
		...unread,
	];
	return facts.join(", ");
}

/** What to know of hooks that taking out leaves in a file, as they are no longer only ours. */
export function keptText(count: number, file: string): string {
	return count === 1
		? `1 hook in ${file} was changed by hand and stays: take it out there yourself.`
		: `${count} hooks in ${file} were changed by hand and stay: take them out there yourself.`;
}

/** What to know of hooks in a file that the client passes over. */
export function ignoredText(client: HookedClient, file: string): string {
	return `${client.title} does not read ${file}: ${reasonOf(client)}. Remove these, or install the hooks in other settings.`;
}

function reasonOf({ hooks: { onlyKeys } }: HookedClient): string {
	if (onlyKeys === undefined) return "it has comments or trailing commas";
	const keys = onlyKeys.map((key) => JSON.stringify(key)).join(" and ");
	return `it has comments, trailing commas, a byte order mark, or keys other than ${keys}`;
}
