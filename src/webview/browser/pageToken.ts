import { TOKEN_FRAGMENT } from "../../protocol/stream.ts";

const TOKEN_KEY = "agent-live-graph.token";

/**
 * The stream's token, for all pages of this tab; empty where there is none. It is taken out of the
 * address at once: it would be seen there, and kept in a history.
 */
export function takeToken(): string {
	const given = new URLSearchParams(location.hash.slice(1)).get(TOKEN_FRAGMENT);
	if (given === null) return sessionStorage.getItem(TOKEN_KEY) ?? "";
	sessionStorage.setItem(TOKEN_KEY, given);
	history.replaceState(null, "", location.pathname);
	return given;
}

/** Address of the WebSocket of whoever serves this page. */
export function streamUrl(): string {
	return `${location.origin.replace(/^http/, "ws")}/stream`;
}
