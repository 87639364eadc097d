import { CHART_ENDINGS, type ChartType } from "../../protocol/insightsMessages.ts";
import type { ViewFormat } from "../../protocol/messages.ts";

const TYPES: Readonly<Record<ViewFormat, ChartType>> = { svg: "image/svg+xml", png: "image/png" };

/** The same of the picture of the graph. */
export function downloadView(format: ViewFormat, data: string): void {
	downloadChart(TYPES[format], "agent-live-graph", data);
}

/**
 * Lets the browser keep a picture or table, where there is no editor that would ask where to.
 *
 * @param name without its ending
 * @param data text, or base64 of a PNG
 */
export function downloadChart(mime: ChartType, name: string, data: string): void {
	const bytes = mime === "image/png" ? Uint8Array.from(atob(data), (c) => c.charCodeAt(0)) : data;
	const url = URL.createObjectURL(new Blob([bytes], { type: mime }));
	const link = document.createElement("a");
	link.href = url;
	link.download = `${name}.${CHART_ENDINGS[mime]}`;
	link.click();
	// The browser has taken hold of it by then.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
