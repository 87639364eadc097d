import * as vscode from "vscode";
import { VIEW_FORMATS, type ViewFormat } from "../../protocol/messages.ts";
import type { PanelRegistry } from "../panel/panelRegistry.ts";
import { askWhere, saveExport } from "./saveFile.ts";

const LABELS: Readonly<Record<ViewFormat, string>> = {
	svg: "SVG: sharp at every size",
	png: "PNG: pixels, twice as many as on the screen",
};

/** Asks for a format, and the page for its picture. */
export async function exportView(panels: PanelRegistry): Promise<void> {
	const items = VIEW_FORMATS.map((format) => ({ format, label: LABELS[format] }));
	const choice = await vscode.window.showQuickPick(items, { title: "Export View" });
	if (choice === undefined) return;
	const panel = panels.active ?? panels.open();
	panel.reveal();
	panel.exportView(choice.format);
}

/** Saves a picture that a page made. */
export async function saveView(format: ViewFormat, data: string): Promise<void> {
	const filters = format === "svg" ? SVG : PNG;
	const file = await askWhere("Export View", "", filters);
	if (file === undefined) return;
	try {
		await saveExport(file, format === "svg" ? data : Buffer.from(data, "base64"));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		void vscode.window.showErrorMessage(`The picture could not be saved: ${message}`);
	}
}

const SVG = { SVG: ["svg"] } as const;
const PNG = { PNG: ["png"] } as const;
