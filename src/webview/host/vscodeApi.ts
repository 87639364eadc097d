import type { PageMessage } from "../../protocol/messages.ts";

/** The part of the webview's API in use; `acquireVsCodeApi` may be called once only. */
export interface VsCodeApi {
	postMessage(message: PageMessage): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare global {
	function acquireVsCodeApi(): VsCodeApi;
}
