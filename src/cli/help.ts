import type { Command } from "./command.ts";

const PROGRAM = "agent-live-graph";

export function programHelp(commands: readonly Command[]): string {
	return [
		`Usage: ${PROGRAM} <command> [options]`,
		"",
		"Statistics and the live graph of coding agents, without an editor.",
		"",
		"Commands:",
		...columns(commands.map(({ name, summary }) => [name, summary])),
		"",
		"Options:",
		...columns([
			["--help", "this text, or that of a command"],
			["--version", "the version"],
		]),
	].join("\n");
}

export function commandHelp({ name, summary, actions, options }: Command): string {
	const rows = Object.entries(options).map(([option, { value, help }]) => [
		value === "" ? `--${option}` : `--${option} ${value}`,
		help,
	]);
	const usage = rows.map(([option]) => `[${option}]`).join(" ");
	return [
		`Usage: ${[PROGRAM, name, ...(actions ? [actions.join("|")] : []), usage].join(" ")}`,
		"",
		`${summary}.`,
		"",
		"Options:",
		...columns([...rows, ["--help", "this text"]]),
	].join("\n");
}

function columns(rows: readonly (readonly (string | undefined)[])[]): string[] {
	const width = Math.max(...rows.map(([first = ""]) => first.length));
	return rows.map(([first = "", second = ""]) => `  ${first.padEnd(width)}  ${second}`);
}
