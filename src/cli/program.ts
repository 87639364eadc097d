import { parseArgs } from "node:util";
import { version } from "../../package.json";
import { TelemetryError } from "../telemetry/telemetryError.ts";
import { CliFailure, type Command, type OptionValues, UsageError } from "./command.ts";
import { checkCommand } from "./commands/checkCommand.ts";
import { daemonCommand } from "./commands/daemonCommand.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { graphCommand } from "./commands/graphCommand.ts";
import { hooksCommand } from "./commands/hooksCommand.ts";
import { ingestCommand } from "./commands/ingestCommand.ts";
import { initCommand } from "./commands/initCommand.ts";
import { recordCommand } from "./commands/recordCommand.ts";
import { reportCommand } from "./commands/reportCommand.ts";
import { sequencesCommand } from "./commands/sequencesCommand.ts";
import { snapshotCommand } from "./commands/snapshotCommand.ts";
import { statusCommand } from "./commands/statusCommand.ts";
import { streamCommand } from "./commands/streamCommand.ts";
import type { CliContext } from "./context.ts";
import { commandHelp, programHelp } from "./help.ts";

const commands: readonly Command[] = [
	initCommand,
	ingestCommand,
	statusCommand,
	snapshotCommand,
	sequencesCommand,
	reportCommand,
	checkCommand,
	graphCommand,
	exportCommand,
	recordCommand,
	hooksCommand,
	streamCommand,
	daemonCommand,
];

/** @returns the exit status: 0, 1 for a failure, 2 for bad use */
export async function runProgram(args: readonly string[], context: CliContext): Promise<0 | 1 | 2> {
	try {
		await dispatch(args, context);
		return 0;
	} catch (error) {
		context.note(`agent-live-graph: ${messageOf(error)}`);
		if (!(error instanceof UsageError)) return 1;
		context.note("Try agent-live-graph --help.");
		return 2;
	}
}

async function dispatch(args: readonly string[], context: CliContext): Promise<void> {
	const [name, ...rest] = args;
	if (name === "--version") return context.print(version);
	if (name === "--help" || name === "-h" || name === "help") {
		return context.print(programHelp(commands));
	}
	if (name === undefined) throw new UsageError("no command given");
	const command = commands.find((each) => each.name === name);
	if (command === undefined) throw new UsageError(`unknown command ${JSON.stringify(name)}`);
	const action = command.actions?.find((each) => each === rest[0]) ?? "";
	const values = optionsOf(command, action === "" ? rest : rest.slice(1));
	if (values.help) return context.print(commandHelp(command));
	if (action === "" && command.actions !== undefined) {
		throw new UsageError(`${command.name} needs one of ${command.actions.join(", ")}`);
	}
	await command.run(values, context, action);
}

function optionsOf(command: Command, args: string[]): OptionValues {
	const known = Object.entries(command.options).map(
		([name, { type }]) => [name, { type }] as const,
	);
	const options = { ...Object.fromEntries(known), help: { type: "boolean", short: "h" } } as const;
	try {
		return parseArgs({ args, options, strict: true }).values;
	} catch (error) {
		throw new UsageError(`${command.name}: ${messageOf(error)}`);
	}
}

/** What people are told: the sentence of errors that were foreseen, everything of others. */
function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const isForeseen =
		error instanceof UsageError || error instanceof CliFailure || error instanceof TelemetryError;
	return isForeseen || "code" in error ? error.message : (error.stack ?? error.message);
}
