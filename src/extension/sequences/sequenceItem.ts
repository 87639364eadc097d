import * as vscode from "vscode";
import type { Sequence } from "../../sequences/learned.ts";
import { sequenceLabel } from "../../telemetry/insights/learnedLabels.ts";
import { commands } from "../ids.ts";
import { sequenceDescription, sequenceTooltip } from "./learnedText.ts";

/** A row of the view "Sequences". */
export function sequenceItem(sequence: Sequence): vscode.TreeItem {
	const label = sequenceLabel(sequence);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.id = `sequence ${sequence.hash}`;
	item.description = sequenceDescription(sequence);
	item.tooltip = sequenceTooltip(sequence);
	item.iconPath = new vscode.ThemeIcon(sequence.isLoop ? "sync" : "list-ordered");
	item.contextValue = "sequence";
	item.command = { command: commands.openSequence, title: "Open", arguments: [sequence] };
	item.accessibilityInformation = {
		label: `${sequence.isLoop ? "Loop " : ""}${label}, ${item.description}`,
	};
	return item;
}
