// Runs before the page in a browser that is no editor, and stands in for its host.
import { followSystemTheme } from "./browser/browserTheme.ts";
import { streamUrl, takeToken } from "./browser/pageToken.ts";
import { addServedNav } from "./browser/servedNav.ts";
import { stored } from "./browser/storedState.ts";
import { StreamLink } from "./browser/streamLink.ts";
import type { VsCodeApi } from "./host/vscodeApi.ts";

const STATE_KEY = "agent-live-graph.state";

followSystemTheme(document.body);
addServedNav(document.body);

const link = new StreamLink({
	url: streamUrl(),
	token: takeToken(),
	deliver: (data) => window.dispatchEvent(new MessageEvent("message", { data })),
	copy: (text) => void navigator.clipboard.writeText(text),
});

const api: VsCodeApi = {
	postMessage: (message) => link.post(message),
	getState: () => stored(sessionStorage, STATE_KEY),
	setState: (state) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
};
Object.assign(window, { acquireVsCodeApi: () => api });
