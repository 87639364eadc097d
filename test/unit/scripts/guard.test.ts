import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGuard } from "../../../scripts/start/guard.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("the guard before the VS Code server", () => {
	const folder = useTempFolder();
	let behind: Server;
	let guard: Server;
	let port: number;

	beforeEach(async () => {
		const socketPath = folder.file("server.sock");
		behind = createServer((incoming, response) => response.end(`got ${incoming.url}`));
		behind.on("upgrade", (_incoming, socket) => {
			socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
		});
		guard = createGuard(socketPath);
		await once(behind.listen(socketPath), "listening");
		await once(guard.listen(0, "127.0.0.1"), "listening");
		port = (guard.address() as AddressInfo).port;
	});

	afterEach(() => {
		guard.closeAllConnections();
		guard.close();
		behind.close();
	});

	it("passes on what its own page asks for", async () => {
		const response = await ask({ Origin: `http://127.0.0.1:${port}` });
		assert.equal(response.statusCode, 200);
		assert.equal(await bodyOf(response), "got /path?q=1");
	});

	it("passes on a request that no page made", async () => {
		assert.equal((await ask({})).statusCode, 200);
	});

	it("refuses another site's page", async () => {
		assert.equal((await ask({ Origin: "https://example.org" })).statusCode, 403);
		assert.equal((await ask({ Origin: "null" })).statusCode, 403);
	});

	it("refuses a name that was made to point here", async () => {
		assert.equal((await ask({ Host: `example.org:${port}` })).statusCode, 403);
	});

	it("passes on a WebSocket of its own page and refuses that of another site", async () => {
		const upgrade = { Connection: "Upgrade", Upgrade: "x" };
		const own = await ask({ ...upgrade, Origin: `http://127.0.0.1:${port}` });
		assert.equal(own.statusCode, 101);
		const other = await ask({ ...upgrade, Origin: "https://example.org" });
		assert.equal(other.statusCode, 403);
	});

	it("says that nothing is behind it when the server is gone", async () => {
		behind.close();
		assert.equal((await ask({})).statusCode, 502);
	});

	function ask(headers: Record<string, string>): Promise<IncomingMessage> {
		return new Promise((resolve, reject) => {
			const outgoing = request({ host: "127.0.0.1", port, path: "/path?q=1", headers });
			outgoing.on("response", resolve);
			outgoing.on("upgrade", (response, socket) => {
				socket.destroy();
				resolve(response);
			});
			outgoing.on("error", reject);
			outgoing.end();
		});
	}
});

async function bodyOf(response: IncomingMessage): Promise<string> {
	let text = "";
	for await (const chunk of response) {
		text += chunk;
	}
	return text;
}
