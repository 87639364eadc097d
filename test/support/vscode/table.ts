import type { Frame } from "playwright-core";

/** The panel's table of agents as a reader meets it: one text per row, cells separated by `|`. */
export async function tableRows(panel: Frame): Promise<string[]> {
	const rows = panel.locator('[role="treegrid"] tr:has(th[scope="row"])');
	const texts = await rows.evaluateAll((elements) =>
		elements.map((row) => [...row.children].map((cell) => cell.textContent.trim()).join("|")),
	);
	return texts;
}

/** Opens the table with the keyboard, as someone would who does not see the picture. */
export async function openTable(panel: Frame): Promise<void> {
	await panel.locator("canvas").press("t");
	await panel.locator('[role="treegrid"]').waitFor();
}

/** Waits for as many rows; the table follows the log by itself. */
export async function waitForRows(panel: Frame, count: number): Promise<void> {
	await panel.waitForFunction(
		(wanted) =>
			document.querySelectorAll('[role="treegrid"] tr:has(th[scope="row"])').length === wanted,
		count,
	);
}
