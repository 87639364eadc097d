/**
 * Cells as a line of CSV without its end (RFC 4180). A text that a spreadsheet would take for a formula
 * gets a quote in front.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return cells.map(cellOf).join(",");
}

function cellOf(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
