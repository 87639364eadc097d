import { createHash, timingSafeEqual } from "node:crypto";
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type OutgoingHttpHeaders,
	request,
	type Server,
	type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { isOwnConnection } from "./peer.ts";

/** What stands behind a guard, and who gets to it. */
export interface Guarded {
	/** Of the VS Code server, in a folder of its owner's alone. */
	readonly socketPath: string;
	/** The server's connection token. */
	readonly token: string;
	/** The one folder that may be opened. */
	readonly folder: string;
}

/** Under which the workbench and its server know the token. */
const SERVER_COOKIE = "vscode-tkn";
/** What in an address has the workbench open something, or run it with something. */
const OPENING = ["folder", "workspace", "payload", "ew"];
const REFUSAL = "This address is for the page that `npm start` printed only.\n";

/**
 * Stands before the VS Code server, which runs whatever its page asks for: only whoever has read the
 * printed address gets to it, and only with the folder that was asked for. A page of another site can
 * neither open it, nor frame it, nor reach its WebSocket.
 */
export function createGuard(guarded: Guarded): Server {
	const server = createServer((incoming, response) => {
		if (isEntry(incoming, guarded)) enter(incoming, response, guarded);
		else if (mayPass(incoming, guarded) && opensNothingElse(incoming, guarded)) {
			forward(incoming, response, guarded);
		} else response.writeHead(403, HEADERS).end(REFUSAL);
	});
	server.on("connection", (socket) => {
		// Of a socket that asked for an upgrade nobody else hears that it broke, which would end us.
		socket.on("error", () => socket.destroy());
		if (!isOwnConnection(socket)) socket.destroy();
	});
	server.on("upgrade", (incoming, socket, head) => {
		if (incoming.headers.origin !== undefined && mayPass(incoming, guarded)) {
			forwardUpgrade(incoming, socket, head, guarded);
		} else {
			socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
		}
	});
	return server;
}

const HEADERS = {
	"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	"X-Frame-Options": "DENY",
	"Referrer-Policy": "no-referrer",
	"Cache-Control": "no-store",
};

/** The printed address itself. Who knows the token may come from wherever it stands. */
function isEntry(incoming: IncomingMessage, { token }: Guarded): boolean {
	const { pathname, searchParams } = addressOf(incoming);
	const given = searchParams.get("tkn");
	const isOpened = pathname === "/" && incoming.method === "GET" && isOurHost(incoming);
	return isOpened && given !== null && isSame(given, token);
}

/** Goes on to the folder by a step of our own page, so that all that follows comes from there. */
function enter(incoming: IncomingMessage, response: ServerResponse, guarded: Guarded): void {
	const target = `/?folder=${encodeURIComponent(guarded.folder)}`;
	const cookie = `${cookieName(incoming)}=${guarded.token}; Path=/; HttpOnly; SameSite=Strict`;
	const type = "text/html; charset=utf-8";
	response.writeHead(200, { ...HEADERS, "Content-Type": type, "Set-Cookie": cookie });
	response.end(`<!doctype html><meta http-equiv="refresh" content="0;url=${target}">\n`);
}

/** Host against DNS rebinding, where it came from against other sites, the token against all others. */
function mayPass(incoming: IncomingMessage, { token }: Guarded): boolean {
	const { host, origin, cookie = "", "sec-fetch-site": site = "none" } = incoming.headers;
	const isOwnPage = origin === undefined || origin === `http://${host}`;
	const isOwnStep = site === "none" || site === "same-origin";
	// Only a proxy is asked for a whole address, whose path the server and we would read differently.
	const isPath = incoming.url?.startsWith("/") === true;
	if (!isPath || !isOurHost(incoming) || !isOwnPage || !isOwnStep) return false;
	const name = `${cookieName(incoming)}=`;
	const given = cookie.split(/; */).find((each) => each.startsWith(name));
	return given !== undefined && isSame(given.slice(name.length), token);
}

function isOurHost({ headers: { host }, socket: { localPort } }: IncomingMessage): boolean {
	return host === `127.0.0.1:${localPort}` || host === `localhost:${localPort}`;
}

function opensNothingElse(incoming: IncomingMessage, { folder }: Guarded): boolean {
	const { pathname, searchParams } = addressOf(incoming);
	const isPage = pathname.endsWith("/");
	const asked = [...searchParams].filter(([name]) => isPage || OPENING.includes(name));
	if (asked.length === 0) return !isPage;
	return asked.every(([name, value]) => name === "folder" && value === folder);
}

function addressOf({ url = "/" }: IncomingMessage): URL {
	// More than one slash at the beginning would name another host.
	return new URL(`http://localhost${url.replace(/^\/*/, "/")}`);
}

/** A browser sends a cookie to every port of a machine: two that run at once need two names. */
function cookieName({ socket }: IncomingMessage): string {
	return `agent-live-graph-${socket.localPort}`;
}

function isSame(given: string, token: string): boolean {
	const [one, other] = [given, token].map((text) => createHash("sha256").update(text).digest());
	return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function forward(incoming: IncomingMessage, response: ServerResponse, guarded: Guarded): void {
	const { method = "GET", url = "/" } = incoming;
	const { socketPath, token } = guarded;
	const headers = { ...incoming.headers, cookie: `${SERVER_COOKIE}=${token}` };
	const outgoing = request({ socketPath, method, path: url, headers }, (answer) => {
		const isPage = addressOf(incoming).pathname.endsWith("/");
		response.writeHead(answer.statusCode ?? 502, guardedHeaders(answer.headers, isPage, token));
		answer.pipe(response);
	});
	outgoing.on("error", () =>
		response.headersSent ? response.destroy() : response.writeHead(502).end(),
	);
	incoming.pipe(outgoing);
}

/** The page may be in no frame; what it shows in its own frames in none but its own. */
function guardedHeaders(
	headers: IncomingHttpHeaders,
	isPage: boolean,
	token: string,
): OutgoingHttpHeaders {
	const ancestors = `frame-ancestors ${isPage ? "'none'" : "'self'"}`;
	// Policies of one header are all kept.
	const policies = [headers["content-security-policy"] ?? [], ancestors].flat();
	return {
		...headers,
		"content-security-policy": policies.join(", "),
		"x-frame-options": isPage ? "DENY" : "SAMEORIGIN",
		"referrer-policy": "same-origin",
		// The workbench reads it there when it is loaded.
		...(isPage ? { "set-cookie": `${SERVER_COOKIE}=${token}; Path=/; SameSite=Strict` } : {}),
	};
}

function forwardUpgrade(
	{ url, rawHeaders }: IncomingMessage,
	socket: Duplex,
	head: Buffer,
	{ socketPath, token }: Guarded,
): void {
	const outgoing = connect(socketPath, () => {
		const lines = [`GET ${url} HTTP/1.1`, `Cookie: ${SERVER_COOKIE}=${token}`];
		for (let i = 0; i < rawHeaders.length; i += 2) {
			if (rawHeaders[i]?.toLowerCase() === "cookie") continue;
			lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
		}
		outgoing.write(`${lines.join("\r\n")}\r\n\r\n`);
		outgoing.write(head);
		socket.pipe(outgoing).pipe(socket);
	});
	outgoing.on("error", () => socket.destroy());
	socket.on("close", () => outgoing.destroy());
}
