import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { OutgoingHttpHeaders } from "node:http";
import * as path from "node:path";
import { pageHtml } from "../protocol/pageHtml.ts";

/** What a request is answered with. */
interface Answer {
	readonly status: number;
	readonly headers: OutgoingHttpHeaders;
	readonly body: string | Buffer;
}

/** The only files there are; a request never names a path of the disk. */
const FILES: Readonly<Record<string, string>> = {
	"/browserHost.js": "text/javascript",
	"/main.js": "text/javascript",
	"/style.css": "text/css",
	"/insightsHost.js": "text/javascript",
	"/insights.js": "text/javascript",
	"/insightsStyle.css": "text/css",
};

/** The pages there are, each with its host in the browser before it. */
const PAGES = {
	"/": { scriptUris: ["/browserHost.js", "/main.js"], styleUri: "/style.css" },
	"/insights": {
		scriptUris: ["/insightsHost.js", "/insights.js"],
		styleUri: "/insightsStyle.css",
		drawsFiles: true,
	},
} as const;

/** None of this is secret: whoever opens the page without the token sees no agent. */
const COMMON: OutgoingHttpHeaders = {
	"cache-control": "no-store",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
};

/** Body of `GET /health`, word for word what the original monitor answers and scripts look for. */
const HEALTH = "kei-graph-stream alive\n";

/**
 * @param target path of the request, with its query
 * @param host as the request named it, checked
 * @param folder of the built page
 */
export async function answerTo(target: string, host: string, folder: string): Promise<Answer> {
	const name = target.replace(/\?.*$/s, "");
	if (name === "/health") return text(200, HEALTH);
	if (name === "/stream") return text(426, "upgrade to a WebSocket\n", { upgrade: "websocket" });
	if (name === "/" || name === "/insights") return page(PAGES[name], host);
	const type = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
	if (type === undefined) return text(404, "not found\n");
	const body = await readFile(path.join(folder, name.slice(1)));
	return { status: 200, headers: { ...COMMON, "content-type": `${type}; charset=utf-8` }, body };
}

export function text(status: number, body: string, headers: OutgoingHttpHeaders = {}): Answer {
	const type = { "content-type": "text/plain; charset=utf-8" };
	return { status, headers: { ...COMMON, ...type, ...headers }, body };
}

function page(parts: (typeof PAGES)[keyof typeof PAGES], host: string): Answer {
	// Not every browser takes 'self' for WebSockets too, and a policy can not name an IPv6 address.
	const socketSource = host.startsWith("[") ? "" : ` ws://${host}`;
	const body = pageHtml({
		nonce: randomBytes(18).toString("base64"),
		cspSource: "'self'",
		connectSource: `'self'${socketSource}`,
		...parts,
	});
	// A policy in the markup can not keep others from framing it.
	const policy = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
	const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
	return { status: 200, headers: { ...COMMON, ...headers }, body };
}
