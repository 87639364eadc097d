import * as path from "node:path";
import { configFolderOf } from "../claude-code/files/configFolder.ts";
import type { Environment } from "../transcripts/port.ts";
import { expandHome } from "./expandHome.ts";

/** Where to look for the event log. */
interface EventsFileSources {
	/** The user's setting; empty when unset. */
	readonly setting: string;
	readonly env: Environment;
	/** The user's home folder. */
	readonly home: string;
}

/**
 * Path of the event log: the setting, else `$KEI_EVENTS_FILE`, else `memory/agent-events.jsonl` in
 * Claude Code's configuration folder (docs/events.md). A leading `~` stands for the home folder.
 */
export function resolveEventsFile({ setting, env, home }: EventsFileSources): string {
	const chosen = setting.trim() || env.KEI_EVENTS_FILE;
	if (chosen) return path.resolve(home, expandHome(chosen, home));
	return path.join(configFolderOf(env, home), "memory", "agent-events.jsonl");
}
