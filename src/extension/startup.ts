import * as vscode from "vscode";
import type { LiveFeed } from "../live/liveFeed.ts";
import type { PanelRegistry } from "./panel/panelRegistry.ts";
import type { Settings } from "./settings.ts";

/** Opens the panel with the window, and plays the demo in it, where the user wants that. */
export function openOnStartup(
	feed: LiveFeed,
	panels: PanelRegistry,
	{ openOnStartup: isWanted, demoOnStartup }: Settings,
): vscode.Disposable {
	// In a turn of its own: activation itself must be short.
	const timer = setTimeout(() => {
		if (isWanted) panels.open();
	});
	if (demoOnStartup === "always") feed.playDemo();
	const whenRead = () => {
		if (demoOnStartup !== "whenEmpty" || feed.status.phase === "reading") return;
		stop();
		if (feed.followed.stats.lines === 0 && !feed.isDemo) feed.playDemo(true);
	};
	const stop = feed.listen({ reset: whenRead });
	return vscode.Disposable.from({ dispose: stop }, { dispose: () => clearTimeout(timer) });
}
