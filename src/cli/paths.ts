import * as path from "node:path";
import { resolveEventsFile } from "../ingest/eventsFile.ts";
import { resolveTranscriptFolders } from "../ingest/transcriptFolders.ts";
import { type OptionValues, UsageError } from "./command.ts";
import type { CliContext } from "./context.ts";

/** `--db`, else `$AGENT_LIVE_GRAPH_DB`, else a file in the folder of the client's event log. */
export function databaseFileOf(values: OptionValues, context: CliContext): string {
	const chosen = givenPath(values, "db", context) ?? context.env.AGENT_LIVE_GRAPH_DB;
	if (chosen) return path.resolve(context.cwd, chosen);
	return path.join(clientFolderOf(context), "agent-live-graph.db");
}

/** Folder of the client's own event log, wherever another log may lie. */
export function clientFolderOf({ env, home }: CliContext): string {
	const { CLAUDE_CONFIG_DIR } = env;
	const byDefault = resolveEventsFile({
		setting: "",
		home,
		env: CLAUDE_CONFIG_DIR === undefined ? {} : { CLAUDE_CONFIG_DIR },
	});
	return path.dirname(byDefault);
}

export function eventsFileOf(values: OptionValues, context: CliContext): string {
	const setting = givenPath(values, "events-file", context) ?? "";
	return resolveEventsFile({ setting, env: context.env, home: context.home });
}

/** `--transcripts`, else the client's own folder; none with `--no-transcripts`. */
export function transcriptFoldersOf(values: OptionValues, context: CliContext): string[] {
	const given = givenPath(values, "transcripts", context);
	if (given !== undefined && values["no-transcripts"] === true) {
		throw new UsageError("--transcripts and --no-transcripts exclude each other");
	}
	if (given !== undefined) return [given];
	if (values["no-transcripts"] === true) return [];
	return resolveTranscriptFolders({ extra: [], env: context.env, home: context.home });
}

/** @returns the absolute path that an option names; undefined when it was not given */
export function givenPath(
	values: OptionValues,
	name: string,
	context: CliContext,
): string | undefined {
	const value = values[name];
	if (typeof value !== "string") return undefined;
	if (value.trim() === "") throw new UsageError(`--${name} needs a path`);
	return path.resolve(context.cwd, value);
}
