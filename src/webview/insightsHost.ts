// Runs before the page of figures in a browser that is no editor, and stands in for its host.
import type { InsightsPageMessage } from "../protocol/insightsMessages.ts";
import { followSystemTheme } from "./browser/browserTheme.ts";
import { InsightsLink } from "./browser/insightsLink.ts";
import { streamUrl, takeToken } from "./browser/pageToken.ts";
import { addServedNav } from "./browser/servedNav.ts";
import { stored } from "./browser/storedState.ts";

const VIEW_KEY = "agent-live-graph.insightsView";

followSystemTheme(document.body);
addServedNav(document.body);

const link = new InsightsLink({
	url: streamUrl(),
	token: takeToken(),
	view: stored(localStorage, VIEW_KEY),
	deliver: (data) => window.dispatchEvent(new MessageEvent("message", { data })),
	// Period and order, and no name of anything: of a filter nothing is restored either.
	remember: (view) => localStorage.setItem(VIEW_KEY, JSON.stringify(view)),
});

const api = { postMessage: (message: InsightsPageMessage) => link.post(message) };
Object.assign(window, { acquireVsCodeApi: () => api });
