import { accessSync, constants, existsSync, statSync } from "node:fs";
import * as path from "node:path";
import { CLIENT_IDENTITIES } from "../ingest/clients/clientIdentities.ts";
import { resolveEventsFile } from "../ingest/places/eventsFile.ts";
import { resolveTranscriptFolders } from "../ingest/places/transcriptFolders.ts";
import { CliFailure, type OptionValues, UsageError } from "./command.ts";
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

/**
 * `--transcripts`, else the clients' own folders; none with `--no-transcripts`, and beside a log that is
 * named: whoever asks for one of the two means that one.
 *
 * @param mayComeLater the folder that is named need not be there yet
 * @throws CliFailure where it has to be
 */
export function transcriptFoldersOf(
	values: OptionValues,
	context: CliContext,
	mayComeLater: boolean,
): string[] {
	const given = givenPath(values, "transcripts", context);
	if (given !== undefined && values["no-transcripts"] === true) {
		throw new UsageError("--transcripts and --no-transcripts exclude each other");
	}
	const client = clientOf(values, given !== undefined || values["no-transcripts"] === true);
	if (values["no-transcripts"] === true) return [];
	if (given === undefined) {
		if (values["events-file"] !== undefined && client === null) return [];
		const isRead = (name: string) => client === null || name === client;
		return resolveTranscriptFolders({ extra: [], env: context.env, home: context.home, isRead });
	}
	if (!isFolder(given)) {
		const text = `no folder of transcripts at ${given}`;
		if (!mayComeLater) throw new CliFailure(text);
		context.note(`${text} yet`);
	}
	return [given];
}

function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
}

/** The client that is named; null for all of them. @param hasOther whether transcripts are named otherwise */
function clientOf({ client }: OptionValues, hasOther: boolean): string | null {
	if (client === undefined) return null;
	const known = CLIENT_IDENTITIES.map(({ name }) => name);
	if (!known.some((name) => name === client)) {
		throw new UsageError(`--client is one of ${known.toSorted().join(", ")}`);
	}
	if (hasOther)
		throw new UsageError("--client, --transcripts and --no-transcripts exclude each other");
	return String(client);
}

/**
 * The log that a command reads: one that was named has to be there, one that was not only where there
 * are no transcripts to read in its place.
 *
 * @param transcriptFolders of transcripts that are read as well
 * @throws CliFailure for a log that was named and is not there, or can not be read
 */
export function readableEventsFileOf(
	values: OptionValues,
	context: CliContext,
	transcriptFolders: readonly string[],
): string {
	const file = eventsFileOf(values, context);
	const obstacle = obstacleAt(file);
	if (obstacle === null) return file;
	const text = `no event log at ${file}${obstacle}`;
	if (values["events-file"] !== undefined) throw new CliFailure(text);
	if (obstacle !== "") context.note(text);
	else if (!transcriptFolders.some((folder) => existsSync(folder))) context.note(`${text} yet`);
	return file;
}

/** Why a path can not be read as a log, as the end of a sentence: empty where nothing is there; else null. */
function obstacleAt(file: string): string | null {
	try {
		const stats = statSync(file, { throwIfNoEntry: false });
		if (stats === undefined) return "";
		if (!stats.isFile()) return `, but ${stats.isDirectory() ? "a folder" : "no plain file"}`;
		accessSync(file, constants.R_OK);
		return null;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		return code === "ENOTDIR" ? "" : ` that may be read: ${code ?? message}`;
	}
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
