import { existsSync } from "node:fs";
import * as path from "node:path";
import { version } from "../../../package.json";
import {
	FIRST_HOOKED,
	HOOKED_CLIENTS,
	type HookedClient,
} from "../../ingest/clients/hookedClients.ts";
import type { HookPackage } from "../../installer/hookFiles.ts";
import {
	type ChangeResult,
	HookInstaller,
	type ProposedChange,
} from "../../installer/installer.ts";
import { findJq, jqAdvice } from "../../installer/jq.ts";
import {
	clientsHere,
	configFolder,
	SCOPES,
	type SettingsPlace,
	type SettingsScope,
	settingsPlaces,
} from "../../installer/settings/places.ts";
import { isWrittenTwice, type SettingsCommands } from "../../installer/settings/sessionSettings.ts";
import { SettingsError } from "../../installer/settings/settingsError.ts";
import { type InstalledHooks, inspectSettings } from "../../installer/status/hookStatus.ts";
import { describeInstalled, ignoredText, keptText } from "../../installer/status/statusText.ts";
import { CliFailure, type Command, jsonOption, type OptionValues, UsageError } from "../command.ts";
import type { CliContext } from "../context.ts";
import { eventsFileOf } from "../paths.ts";
import { printable, textTable } from "../textTable.ts";

export const hooksCommand: Command = {
	name: "hooks",
	summary: "Puts the hooks into a client's settings, takes them out, or says what is there",
	actions: ["install", "uninstall", "status"],
	options: {
		client: {
			type: "string",
			value: "CLIENT",
			help: `${HOOKED_CLIENTS.map(({ name }) => name).join(", ")}; ${FIRST_HOOKED.name} unless given, status: all`,
		},
		settings: { type: "string", value: "FILE", help: "settings file; otherwise that of --scope" },
		scope: {
			type: "string",
			value: "SCOPE",
			help: "user (unless given), project or local: .claude/settings.json, settings.local.json here",
		},
		yes: { type: "boolean", value: "", help: "change the file without asking" },
		json: jsonOption,
	},

	async run(values, context, action) {
		if (action === "status") await printStatus(values, context);
		else if (action === "install" || action === "uninstall") {
			await change(action, values, context);
		}
	},
};

async function change(
	action: "install" | "uninstall",
	values: OptionValues,
	context: CliContext,
): Promise<void> {
	const client = clientOf(values) ?? FIRST_HOOKED;
	const [place] = placesOf(client, values, context, ["user"]);
	if (place === undefined) return;
	const folder = configFolder(client, context);
	if (action === "install" && !clientsHere(context).includes(client)) {
		throw new CliFailure(`${client.title} is not used here: there is no ${printable(folder)}`);
	}
	const result = await attempted(place.file, () =>
		installerOf(context).change({
			action,
			...place,
			confirm: (proposed) => confirmed(proposed, values, context),
		}),
	);
	if (result.state === "refused") throw new CliFailure("nothing was changed");
	const jq = action === "install" ? await findJq(context.env) : null;
	if (values.json) context.print(JSON.stringify({ ...jsonOf(result), jq }, null, "\t"));
	else context.print(account(result));
	if (action === "install" && jq === null) context.note(jqAdvice(process.platform));
	if (action === "install") await noteOthers({ ...result, scope: place.scope }, context);
	if (action === "install" && client.hooks.trust !== "")
		context.note(`note: ${client.hooks.trust}`);
}

/** Shows the change; asks unless that was answered on the command line. */
async function confirmed(
	{ action, client, diff, file, isIgnored }: ProposedChange,
	values: OptionValues,
	context: CliContext,
): Promise<boolean> {
	if (!values.json) context.print(printableLines(diff));
	if (values.yes) return true;
	if (action === "install" && isIgnored) context.note(ignoredText(client, printable(file)));
	if (values.json || !context.isInteractive) {
		throw new UsageError("nothing was changed: --yes is needed where nobody can be asked");
	}
	const answer = await context.ask(`Change ${printable(file)}? [y/N] `);
	return /^y(es)?$/i.test(answer.trim());
}

function account({ state, action, file, ...result }: ChangeResult): string {
	const name = printable(file);
	const unread = result.isIgnored ? ignoredText(result.client, name) : null;
	const left = action === "uninstall" ? result.commands.length : 0;
	const kept = left === 0 ? [] : [keptText(left, name)];
	if (state === "unchanged") {
		if (action === "uninstall") return kept[0] ?? `no hooks in ${name}`;
		return [`the hooks are installed in ${name}`, ...(unread === null ? [] : [unread])].join("\n");
	}
	const done = [
		...(result.added > 0 ? [`${result.added} added`] : []),
		...(result.upgraded > 0 ? [`${result.upgraded} brought up to date`] : []),
		...(result.removed > 0 ? [`${result.removed} removed`] : []),
	];
	return [
		`changed ${name}: hooks ${done.join(", ")}`,
		...kept,
		...(result.backup === null ? [] : [`as it was before the first change: ${result.backup}`]),
		...(result.hooksFolder === null ? [] : [`scripts: ${result.hooksFolder}`]),
		...(action === "install" ? [unread ?? "sessions that start from now on use them"] : []),
	].join("\n");
}

function jsonOf({ state, action, file, diff, ...result }: ChangeResult): object {
	const { client, added, upgraded, removed, isIgnored, backup, hooksFolder } = result;
	const kept = action === "uninstall" ? result.commands.length : 0;
	const counts = { added, upgraded, removed, kept };
	return {
		action,
		client: client.name,
		settings: file,
		state,
		...counts,
		isIgnored,
		backup,
		hooksFolder,
		diff,
	};
}

/** Names other settings with which sessions here would write every event twice. */
async function noteOthers(settings: SettingsCommands, context: CliContext): Promise<void> {
	const hooks = await installerOf(context).hooks();
	const places = placesOf(settings.client, {}, context, SCOPES);
	// A file that was named may be one that sessions here read.
	const known = places.find(({ file }) => path.relative(file, settings.file) === "");
	for (const place of places) {
		const other = await inspected(place, hooks, context);
		if (isWrittenTwice({ ...settings, scope: known?.scope ?? settings.scope }, other)) {
			const file = printable(other.file);
			context.note(`note: ${file} has hooks too; a session that reads both logs all twice`);
		}
	}
}

async function printStatus(values: OptionValues, context: CliContext): Promise<void> {
	if (values.yes) throw new UsageError("hooks: --yes goes with install and uninstall");
	const hooks = await installerOf(context).hooks();
	const settings: InstalledHooks[] = [];
	const named = clientOf(values) ?? (values.settings === undefined ? null : FIRST_HOOKED);
	for (const client of named === null ? clientsHere(context) : [named]) {
		for (const place of placesOf(client, values, context, SCOPES)) {
			settings.push(await inspected(place, hooks, context));
		}
	}
	const jq = await findJq(context.env);
	const eventsFile = eventsFileOf({}, context);
	if (values.json) {
		const shown = settings.map(({ commands: _commands, client, ...each }) => ({
			client: client.name,
			...each,
		}));
		const report = { version: hooks.version, jq, eventsFile, settings: shown };
		context.print(JSON.stringify(report, null, "\t"));
		return;
	}
	const rows = settings.map((each) => [
		each.client.name,
		each.scope ?? "",
		each.file,
		describeInstalled(each),
	]);
	const table = textTable(["client", "settings", "file", "hooks"], rows);
	const facts = [
		`version  ${hooks.version}`,
		`jq       ${jq ?? "missing"}`,
		`events   ${eventsFile}`,
	];
	context.print([table, facts.map(printable).join("\n")].join("\n\n"));
	if (jq === null) context.note(jqAdvice(process.platform));
}

function inspected(
	place: SettingsPlace,
	hooks: HookPackage,
	context: CliContext,
): Promise<InstalledHooks> {
	return inspectSettings(place, hooks, context, existsSync);
}

/** null where none is named. */
function clientOf({ client }: OptionValues): HookedClient | null {
	if (client === undefined) return null;
	const named = HOOKED_CLIENTS.find(({ name }) => name === client);
	if (named !== undefined) return named;
	const names = HOOKED_CLIENTS.map(({ name }) => name).join(", ");
	throw new UsageError(`--client needs ${names}, not ${JSON.stringify(client)}`);
}

function placesOf(
	client: HookedClient,
	{ settings, scope }: OptionValues,
	context: CliContext,
	otherwise: readonly SettingsScope[],
): SettingsPlace[] {
	if (settings !== undefined && scope !== undefined) {
		throw new UsageError("hooks: --settings and --scope exclude each other");
	}
	if (typeof settings === "string") {
		if (settings.trim() === "") throw new UsageError("--settings needs a file");
		return [{ client, scope: null, file: path.resolve(context.cwd, settings) }];
	}
	const chosen = SCOPES.find((each) => each === scope);
	if (scope !== undefined && chosen === undefined) {
		throw new UsageError(`--scope needs ${SCOPES.join(", ")}, not ${JSON.stringify(scope)}`);
	}
	const scopes = chosen === undefined ? otherwise : [chosen];
	const places = settingsPlaces(client, context, context.cwd, scopes);
	if (places.length > 0) return places;
	throw new UsageError(`${client.title} has no settings of the scope ${scopes.join(", ")}`);
}

function installerOf(context: CliContext): HookInstaller {
	return new HookInstaller(path.join(context.programFolder, "..", "hooks"), version, context);
}

async function attempted<T>(file: string, act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		if (!(error instanceof SettingsError)) throw error;
		throw new CliFailure(`${printable(file)} was left alone: ${error.message}`);
	}
}

/** A settings file holds what its owner typed; a terminal must not act on it. */
function printableLines(text: string): string {
	return text
		.split("\n")
		.map((line) => line.split("\t").map(printable).join("\t"))
		.join("\n");
}
