import * as path from "node:path";
import { type ShellToken, type ShellVariables, shellTokens } from "./shellWords.ts";

/** How paths in commands are to be read on this machine. */
export interface PathReader {
	readonly variables: ShellVariables;
	/** The file's real path, or the same path when it is not there. */
	canonical(file: string): string;
}

/** Where a script of ours lies. */
interface ScriptPlace {
	/** File name of the script. */
	readonly script: string;
	/** Its folder, with `/` and without symbolic links. */
	readonly folder: string;
	/** Version that the folder's name tells; null when it tells none. */
	readonly version: string | null;
}

/** A command that runs one of our scripts. */
export interface FoundCommand extends ScriptPlace {
	/** Assignments in front of it, with the space after them; mostly empty. */
	readonly prefix: string;
	/** It does something else besides, so somebody has changed it by hand. */
	readonly isMixed: boolean;
}

const SHELLS = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh", "sh.exe", "bash.exe"]);
/** `…/agent-live-graph/hooks/<version>/<script>`, or straight from an extension's folder. */
const OUR_PLACE =
	/(?:^|\/)(agent-live-graph[^/]*)\/hooks\/(?:([^/]+)\/)?((?:agent-event-spawn|agent-event-done|tool-use-event|skill-record|agent-lifecycle|numeric-claims-record)\.sh)$/i;

/**
 * The command that runs a script. Where the file is gone nothing happens: a shell that does not
 * find its script ends with a status that could make the client refuse the tool call.
 *
 * @param folder as it stands between double quotes, see {@link quotable}
 * @param client whose payloads it gets; empty for the one that it need not be told of
 */
export function hookCommand(folder: string, script: string, client = ""): string {
	const file = `"${folder}/${script}"`;
	return `[ ! -f ${file} ] || exec sh ${file}${client === "" ? "" : ` ${client}`}`;
}

/** A path as it may stand between double quotes, where a shell still reads some characters. */
export function quotable(file: string): string {
	return file.replace(/\\/g, "/").replace(/["$`]/g, "\\$&");
}

/** @returns null for a command that runs no script of ours */
export function findOurScript(command: string, reader: PathReader): FoundCommand | null {
	if (!command.includes(".sh")) return null;
	const all = shellTokens(command, reader.variables);
	const tokens =
		isScript(all.at(-2)) && CLIENT.test(all.at(-1)?.text ?? "") ? all.slice(0, -1) : all;
	const places = tokens.map(({ kind, text }) => (kind === "word" ? placeOf(text, reader) : null));
	const found = places.find((place) => place !== null);
	if (found === undefined) return null;
	const isGuarded = hasGuard(tokens.map(({ text }) => text));
	const assignments = isGuarded ? 0 : countWhile(tokens, ({ text }) => /^[a-z_]\w*=/i.test(text));
	const rest = tokens.slice(isGuarded ? GUARD.length : assignments);
	const prefix = isGuarded ? "" : command.slice(0, rest[0]?.start).trimStart();
	// Nothing may be left but `exec`, a shell's name, and the script.
	const words = countWhile(rest, ({ text }) => text === "exec" || isShell(text));
	const isMixed = rest.length !== words + 1 || places.at(-1) === null;
	return { ...found, prefix, isMixed };
}

/** What may stand behind a script of ours. */
const CLIENT = /^[a-z][a-z-]*$/;

function isScript(token: ShellToken | undefined): boolean {
	return token?.kind === "word" && token.text.endsWith(".sh");
}

const GUARD = ["[", "!", "-f", null, "]", "||"];

/** Whether it begins as {@link hookCommand} does, asking for the very script that is run. */
function hasGuard(words: readonly string[]): boolean {
	return GUARD.every((word, index) => words[index] === (word ?? words.at(-1)));
}

function isShell(word: string): boolean {
	return SHELLS.has(path.posix.basename(word.replace(/\\/g, "/")));
}

function countWhile(
	tokens: readonly ShellToken[],
	isWanted: (token: ShellToken) => boolean,
): number {
	const end = tokens.findIndex((token) => !isWanted(token));
	return end < 0 ? tokens.length : end;
}

function placeOf(word: string, reader: PathReader): ScriptPlace | null {
	if (!word.endsWith(".sh")) return null;
	const spelt = path.posix.normalize(word.replace(/\\/g, "/"));
	const script = path.posix.basename(spelt);
	const folder = reader.canonical(path.posix.dirname(spelt)).replace(/\\/g, "/");
	for (const file of [`${folder}/${script}`, spelt]) {
		const [, owner = "", version, name] = OUR_PLACE.exec(file) ?? [];
		if (name === undefined) continue;
		const told = version ?? /-(\d+\.\d+\.\d+.*)$/.exec(owner)?.[1] ?? null;
		return { script: name, folder, version: told };
	}
	return null;
}
