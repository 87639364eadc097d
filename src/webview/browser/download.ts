import type { ViewFormat } from "../../protocol/messages.ts";

const TYPES: Readonly<Record<ViewFormat, string>> = { svg: "image/svg+xml", png: "image/png" };

/**
 * Lets the browser keep a picture, where there is no editor that would ask where to.
 *
 * @param data text of an SVG, base64 of a PNG
 */
export function downloadView(format: ViewFormat, data: string): void {
	const bytes = format === "svg" ? data : Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
	const url = URL.createObjectURL(new Blob([bytes], { type: TYPES[format] }));
	const link = document.createElement("a");
	link.href = url;
	link.download = `agent-live-graph.${format}`;
	link.click();
	// The browser has taken hold of it by then.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
