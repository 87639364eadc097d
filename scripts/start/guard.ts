import {
	createServer,
	type IncomingMessage,
	request,
	type Server,
	type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Stands before the VS Code server, which runs whatever its page asks for and looks at nobody's
 * origin. Without it any web site open in the same browser could reach the server's WebSocket.
 */
export function createGuard(socketPath: string): Server {
	const server = createServer((incoming, response) => {
		if (isOwnPage(incoming)) {
			forward(incoming, response, socketPath);
		} else {
			response.writeHead(403).end("This address is for its own page only.\n");
		}
	});
	server.on("upgrade", (incoming, socket, head) => {
		if (isOwnPage(incoming)) {
			forwardUpgrade(incoming, socket, head, socketPath);
		} else {
			socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
		}
	});
	return server;
}

/** Host against DNS rebinding, Origin against other sites' pages. */
function isOwnPage({ headers, socket }: IncomingMessage): boolean {
	const { host = "", origin } = headers;
	const port = socket.localPort;
	const isOurHost = host === `127.0.0.1:${port}` || host === `localhost:${port}`;
	return isOurHost && (origin === undefined || origin === `http://${host}`);
}

function forward(incoming: IncomingMessage, response: ServerResponse, socketPath: string): void {
	const { method = "GET", url = "/", headers } = incoming;
	const outgoing = request({ socketPath, method, path: url, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
	});
	outgoing.on("error", () =>
		response.headersSent ? response.destroy() : response.writeHead(502).end(),
	);
	incoming.pipe(outgoing);
}

function forwardUpgrade(
	{ url, rawHeaders }: IncomingMessage,
	socket: Duplex,
	head: Buffer,
	socketPath: string,
): void {
	const outgoing = connect(socketPath, () => {
		const lines = [`GET ${url} HTTP/1.1`];
		for (let i = 0; i < rawHeaders.length; i += 2) {
			lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
		}
		outgoing.write(`${lines.join("\r\n")}\r\n\r\n`);
		outgoing.write(head);
		socket.pipe(outgoing).pipe(socket);
	});
	outgoing.on("error", () => socket.destroy());
	socket.on("error", () => outgoing.destroy());
	socket.on("close", () => outgoing.destroy());
}
