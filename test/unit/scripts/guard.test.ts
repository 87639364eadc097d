import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createGuard } from "../../../scripts/start/guard.ts";
import { usersOf } from "../../../scripts/start/peer.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const TOKEN = "0123456789abcdef";
const FOLDER = "/home/dev/a project";
const OPENED = `/?folder=${encodeURIComponent(FOLDER)}`;
const NOBODY = 65_534;

describe("the guard before the VS Code server", () => {
	const folder = useTempFolder();
	let behind: Server;
	let guard: Server;
	let port: number;
	/** What the browser has after the printed address was opened. */
	let own: { Cookie: string; Origin: string; "Sec-Fetch-Site": string };

	beforeEach(async () => {
		const socketPath = folder.file("server.sock");
		behind = createServer((incoming, response) => {
			response.setHeader("Content-Security-Policy", "script-src 'self'");
			response.end(`got ${incoming.url} with ${incoming.headers.cookie}`);
		});
		behind.on("upgrade", (incoming, socket) => {
			socket.on("error", () => {});
			const isKnown = incoming.headers.cookie === `vscode-tkn=${TOKEN}`;
			const status = isKnown ? "101 Switching Protocols" : "500 Unknown";
			socket.end(`HTTP/1.1 ${status}\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n`);
		});
		guard = createGuard({ socketPath, token: TOKEN, folder: FOLDER });
		await once(behind.listen(socketPath), "listening");
		await once(guard.listen(0, "127.0.0.1"), "listening");
		port = (guard.address() as AddressInfo).port;
		own = {
			Cookie: `other=1; agent-live-graph-${port}=${TOKEN}`,
			"Sec-Fetch-Site": "same-origin",
			Origin: `http://127.0.0.1:${port}`,
		};
	});

	afterEach(() => {
		guard.closeAllConnections();
		guard.close();
		behind.close();
	});

	it("lets in whoever has the printed address, and goes on from a page of its own", async () => {
		for (const site of ["none", "cross-site"]) {
			const response = await ask(`${OPENED}&tkn=${TOKEN}`, { "Sec-Fetch-Site": site });
			assert.equal(response.statusCode, 200);
			const [cookie = ""] = response.headers["set-cookie"] ?? [];
			assert.match(cookie, new RegExp(`^agent-live-graph-${port}=${TOKEN}; `));
			assert.match(cookie, /HttpOnly; SameSite=Strict/);
			assert.ok((await bodyOf(response)).includes(`url=${OPENED}`));
		}
	});

	it("passes on what its own page asks for, with the server's own cookie alone", async () => {
		const response = await ask("/path?q=1", own);
		assert.equal(response.statusCode, 200);
		assert.equal(await bodyOf(response), `got /path?q=1 with vscode-tkn=${TOKEN}`);
	});

	it("refuses whoever does not know the token, with whatever path", async () => {
		const file = "/vscode-remote-resource?path=/etc/shadow";
		for (const path of ["/", OPENED, `${OPENED}&tkn=guess`, "/version", file, "//", "/stable-1/"]) {
			assert.equal((await ask(path, {})).statusCode, 403, path);
			const guessed = { Cookie: `agent-live-graph-${port}=guess` };
			assert.equal((await ask(path, guessed)).statusCode, 403, path);
		}
		assert.equal((await ask(`${file}&tkn=${TOKEN}`, {})).statusCode, 403);
	});

	it("refuses another site's page, and that of another port, though the browser knows the token", async () => {
		for (const Origin of ["https://example.org", "null", "http://127.0.0.1:1"]) {
			assert.equal((await ask("/path", { ...own, Origin })).statusCode, 403, Origin);
		}
		for (const site of ["cross-site", "same-site"]) {
			const { Origin, ...navigation } = { ...own, "Sec-Fetch-Site": site };
			assert.equal((await ask(OPENED, navigation)).statusCode, 403, site);
		}
	});

	it("refuses a name that was made to point here", async () => {
		const Host = `example.org:${port}`;
		assert.equal((await ask("/path", { ...own, Host, Origin: `http://${Host}` })).statusCode, 403);
		assert.equal((await ask(`${OPENED}&tkn=${TOKEN}`, { Host })).statusCode, 403);
	});

	it("opens the folder that was asked for and nothing else", async () => {
		assert.equal((await ask(OPENED, own)).statusCode, 200);
		const others = [
			"/",
			"/?ew=true",
			"/?folder=/etc",
			"/?workspace=/a.code-workspace",
			`${OPENED}&payload=[["extensionDevelopmentPath","x"]]`,
			`${OPENED}&folder=/etc`,
			"/stable-1/?folder=/etc",
			"/stable-1?folder=/etc",
			`${OPENED}&locale=x`,
			"/stable-1/..?locale=x",
			"/%2e?locale=x",
			`http://127.0.0.1:${port}?locale=x`,
			`http://127.0.0.1:${port}/path`,
		];
		for (const path of others) assert.equal((await ask(path, own)).statusCode, 403, path);
	});

	it("lets nobody frame the page, and only the page what it frames", async () => {
		const page = await ask(OPENED, own);
		const policy = String(page.headers["content-security-policy"]);
		assert.match(policy, /^script-src 'self', frame-ancestors 'none'$/);
		assert.equal(page.headers["x-frame-options"], "DENY");
		const framed = await ask("/webview/index.html", own);
		assert.match(String(framed.headers["content-security-policy"]), /frame-ancestors 'self'$/);
	});

	it("passes on a WebSocket of its own page and refuses all others", async () => {
		const upgrade = { ...own, Connection: "Upgrade", Upgrade: "x" };
		assert.equal((await ask("/path", upgrade)).statusCode, 101);
		const { Origin, ...withoutOrigin } = upgrade;
		const { Cookie, ...withoutToken } = upgrade;
		const others = [
			{ ...upgrade, Origin: "https://example.org" },
			{ ...upgrade, Origin: "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site" },
			withoutOrigin,
			withoutToken,
		];
		for (const headers of others) assert.equal((await ask("/path", headers)).statusCode, 403);
	});

	it("outlives whoever asks for a WebSocket and is gone before the answer", async () => {
		const broken: unknown[] = [];
		guard.on("upgrade", (_incoming, socket: Socket) => {
			if (socket.listenerCount("error") === 0) socket.on("error", (error) => broken.push(error));
		});
		const heads = [{ Origin: "https://example.org" }, own].map((headers) =>
			Object.entries({ Host: `127.0.0.1:${port}`, ...headers, Connection: "Upgrade", Upgrade: "x" })
				.map(([name, value]) => `${name}: ${value}\r\n`)
				.join(""),
		);
		for (let i = 0; i < 40; i++) {
			const socket = connect(port, "127.0.0.1");
			await once(socket, "connect");
			socket.on("error", () => {});
			socket.write(`GET /path HTTP/1.1\r\n${heads[i % heads.length]}\r\n`);
			socket.resetAndDestroy();
		}
		assert.equal((await ask("/path", own)).statusCode, 200);
		assert.deepEqual(broken, []);
	});

	it("says that nothing is behind it when the server is gone", async () => {
		behind.close();
		assert.equal((await ask("/path", own)).statusCode, 502);
	});

	// Only root may be somebody else.
	if (process.getuid?.() === 0) {
		it("talks to no process of another user, whatever it knows", async () => {
			for (const host of ["127.0.0.1", "::ffff:127.0.0.1"]) {
				const script = `require("node:http").get({ host: "${host}", port: ${port},
					path: "${OPENED}&tkn=${TOKEN}", headers: { Host: "127.0.0.1:${port}" } },
					({ statusCode }) => { console.log(statusCode); process.exit() },
				).on("error", () => console.log("no answer"))`;
				assert.equal(await runAs(0, script), "200", host);
				assert.equal(await runAs(NOBODY, script), "no answer", host);
			}
		});

		it("hears nothing of another user who says it and is gone", async () => {
			let heard = 0;
			guard.prependListener("request", () => heard++);
			const script = `for (let i = 0; i < 40; i++) {
				const socket = require("node:net").connect(${port}, "127.0.0.1", () => {
					socket.write("GET /path HTTP/1.1\\r\\nHost: 127.0.0.1:${port}\\r\\n\\r\\n");
					i % 2 ? socket.resetAndDestroy() : socket.destroy();
				}).on("error", () => {});
			}`;
			await runAs(NOBODY, script);
			assert.equal((await ask("/path", own)).statusCode, 200);
			assert.equal(heard, 1);
		});
	}

	function ask(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
		return new Promise((resolve, reject) => {
			const outgoing = request({ host: "127.0.0.1", port, path, headers });
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

describe("The users of a connection", () => {
	const MAPPED = "0000000000000000FFFF00000100007F";
	const rest = "00000000:00000000 00:00000000 00000000";
	const table = [
		"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
		`   0: 0100007F:21AC 00000000:0000 0A ${rest}  1000        0 1 1`,
		`   1: 0100007F:21AC 0100007F:D5A2 01 ${rest}  1000        0 2 1`,
		`   2: 0100007F:D5A2 0100007F:21AC 01 ${rest}  1001        0 3 1`,
		`   3: 0100007F:D5A3 0100007F:21AC 05 ${rest}     0        0 0 1`,
		`   4: ${MAPPED}:D5A4 ${MAPPED}:21AC 01 ${rest}  1002        0 4 1`,
		`   5: 0200007F:D5A4 0200007F:21AC 01 ${rest}  1000        0 4 1`,
	].join("\n");

	for (const [what, port, connectedTo, users] of [
		["that of the end which connected, as the kernel tells it", 0xd5a2, 0x21ac, [1001]],
		["that of the other end from there", 0x21ac, 0xd5a2, [1000]],
		["nobody where the end is closed, which the kernel tells as root's", 0xd5a3, 0x21ac, [null]],
		["all that have those ports, by whichever family", 0xd5a4, 0x21ac, [1002, 1000]],
		["none where there is no such connection", 1, 0x21ac, []],
	] as const) {
		it(`is ${what}`, () => assert.deepEqual(usersOf(table, port, connectedTo), users));
	}
});

async function runAs(uid: number, script: string): Promise<string> {
	const child = spawn(process.execPath, ["-e", script], { uid, cwd: "/" });
	const [text] = await Promise.all([bodyOf(child.stdout), once(child, "close")]);
	return text.trim();
}

async function bodyOf(response: AsyncIterable<unknown>): Promise<string> {
	let text = "";
	for await (const chunk of response) {
		text += chunk;
	}
	return text;
}
