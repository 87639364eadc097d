import * as vscode from "vscode";
import type { PanelAction } from "../protocol/messages.ts";
import { Disposable } from "./disposable.ts";
import { type CommandName, commands } from "./ids.ts";
import type { OnDemand } from "./onDemand/engine.ts";
import type { CommandTargets } from "./onDemand/handlers.ts";

/** Every command of package.json; what one does is loaded when it is used, and says so when it fails. */
export class Commands extends Disposable {
	constructor(targets: CommandTargets, onDemand: () => OnDemand) {
		super();
		for (const name of Object.keys(commands) as CommandName[]) {
			const act = (row: unknown) => onDemand().handlersOf(targets)[name](row);
			const run = (row: unknown) => attempt(targets.log, name, () => act(row));
			this._register(vscode.commands.registerCommand(commands[name], run));
		}
	}
}

/** What the panel may ask for, as commands. */
export function runPanelAction(action: PanelAction): void {
	void vscode.commands.executeCommand(commands[action]);
}

async function attempt(
	log: vscode.LogOutputChannel,
	name: CommandName,
	act: () => unknown,
): Promise<void> {
	try {
		await act();
	} catch (error) {
		log.error(`${name} failed`, error instanceof Error ? error : String(error));
		const message = error instanceof Error ? error.message : String(error);
		const choice = await vscode.window.showErrorMessage(
			`Agent Live Graph could not do this: ${message}`,
			"Show Log",
		);
		if (choice !== undefined) log.show();
	}
}
