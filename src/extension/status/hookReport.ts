import type { HealthReport } from "../../installer/status/hookHealth.ts";
import type { InstalledHooks } from "../../installer/status/hookStatus.ts";
import { describeInstalled } from "../../installer/status/statusText.ts";
import { formatDuration } from "../../model/views/format.ts";
import { code, table } from "../reportMarkdown.ts";

/** What Show Status says about the hooks. */
export interface HookFacts {
	readonly settings: readonly InstalledHooks[];
	readonly health: HealthReport;
}

/** The section of Show Status about hooks, as Markdown. @param now ms since the epoch */
export function hookReport({ settings, health }: HookFacts, now: number): string {
	return [
		"## Hooks\n",
		...health.problems.map(({ message }) => `> ${code(message)}\n`),
		table(
			["client", "settings", "file", "installed"],
			settings.map((each) => [
				each.client.title,
				each.scope ?? "",
				code(each.file),
				code(describeInstalled(each)),
			]),
		),
		table(
			["script", "wrote last"],
			health.scripts.map(({ script, lastAt }) => [
				code(script),
				lastAt === null ? "never" : `${formatDuration(now - lastAt)} ago`,
			]),
		),
	].join("\n");
}
