// Runs before the page in a browser that is no editor, and stands in for its host.
import { TOKEN_FRAGMENT } from "../protocol/stream.ts";
import { followSystemTheme } from "./browser/browserTheme.ts";
import { StreamLink } from "./browser/streamLink.ts";
import type { VsCodeApi } from "./host/vscodeApi.ts";

const STATE_KEY = "agent-live-graph.state";
const TOKEN_KEY = "agent-live-graph.token";

/** The token is taken out of the address at once: it would be seen there, and kept in a history. */
function takeToken(): string {
	const given = new URLSearchParams(location.hash.slice(1)).get(TOKEN_FRAGMENT);
	if (given === null) return sessionStorage.getItem(TOKEN_KEY) ?? "";
	sessionStorage.setItem(TOKEN_KEY, given);
	history.replaceState(null, "", location.pathname);
	return given;
}

function savedState(): unknown {
	try {
		return JSON.parse(sessionStorage.getItem(STATE_KEY) ?? "null") ?? undefined;
	} catch {
		return undefined;
	}
}

followSystemTheme(document.body);

const link = new StreamLink({
	url: `${location.origin.replace(/^http/, "ws")}/stream`,
	token: takeToken(),
	deliver: (data) => window.dispatchEvent(new MessageEvent("message", { data })),
	copy: (text) => void navigator.clipboard.writeText(text),
});

const api: VsCodeApi = {
	postMessage: (message) => link.post(message),
	getState: savedState,
	setState: (state) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
};
Object.assign(window, { acquireVsCodeApi: () => api });
