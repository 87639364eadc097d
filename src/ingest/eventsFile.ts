import * as path from "node:path";

/** Where to look for the event log. */
interface EventsFileSources {
	/** The user's setting; empty when unset. */
	readonly setting: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The user's home folder. */
	readonly home: string;
}

/**
 * Path of the event log: the setting, else `$KEI_EVENTS_FILE`, else `memory/agent-events.jsonl` in
 * the client's configuration folder (docs/events.md). A leading `~` stands for the home folder.
 */
export function resolveEventsFile({ setting, env, home }: EventsFileSources): string {
	const chosen = setting.trim() || env.KEI_EVENTS_FILE;
	if (chosen) return path.resolve(home, expandHome(chosen, home));
	const configDir = env.CLAUDE_CONFIG_DIR || path.join(home, ".claude");
	return path.join(expandHome(configDir, home), "memory", "agent-events.jsonl");
}

/** A path with a leading `~` replaced by the home folder. */
export function expandHome(file: string, home: string): string {
	return /^~(?=$|[/\\])/.test(file) ? path.join(home, file.slice(1)) : file;
}
