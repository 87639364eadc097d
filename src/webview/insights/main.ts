import type { InsightsHostMessage, InsightsPageMessage } from "../../protocol/insightsMessages.ts";
import { Theme } from "../theme.ts";
import { InsightsPage } from "./insightsPage.ts";

interface Host {
	postMessage(message: InsightsPageMessage): void;
}

/** Starts the page of figures: the one place that knows the webview's globals. */
function start(root: HTMLElement): void {
	const host = acquireVsCodeApi() as unknown as Host;
	const report = (message: string): void => host.postMessage({ type: "clientError", message });
	window.addEventListener("error", ({ message }) => report(message));
	window.addEventListener("unhandledrejection", ({ reason }) => report(String(reason)));
	// The colours of the theme, with enough contrast, as custom properties; they follow by themselves.
	new Theme(document.body, () => {});
	const page = new InsightsPage(root, (message) => host.postMessage(message));
	window.addEventListener("message", ({ data }) => page.receive(data as InsightsHostMessage));
	host.postMessage({ type: "ready" });
}

const root = document.getElementById("agent-live-graph");
if (root !== null) start(root);
