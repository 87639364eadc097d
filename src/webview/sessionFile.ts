// Runs before the page in an HTML file that holds a session, and stands in for its host.
import type { SessionExport } from "../model/recording/sessionExport.ts";
import { PAGE_DATA_ID } from "../protocol/pageHtml.ts";
import { followSystemTheme } from "./browser/browserTheme.ts";
import { FileHost } from "./browser/fileHost.ts";
import type { VsCodeApi } from "./host/vscodeApi.ts";

const text = document.getElementById(PAGE_DATA_ID)?.textContent ?? "";
const session = JSON.parse(text) as SessionExport;

followSystemTheme(document.body);
if (session.prompt !== null) document.title = session.prompt;

// Later, as any host: whoever asks has not yet said what it does with the answer.
const host = new FileHost(session, (data) => {
	setTimeout(() => window.dispatchEvent(new MessageEvent("message", { data })));
});
let state: unknown;
const api: VsCodeApi = {
	postMessage: (message) => host.post(message),
	getState: () => state,
	setState: (changed) => {
		state = changed;
	},
};
Object.assign(window, { acquireVsCodeApi: () => api });
