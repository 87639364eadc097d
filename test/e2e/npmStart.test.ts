import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { inProject } from "../../scripts/paths.ts";
import { isolate } from "../../scripts/runner/isolation.ts";
import { logFileAt } from "../support/vscode/logFile.ts";
import { findPanel } from "../support/vscode/session.ts";
import { openTable, waitForRows } from "../support/vscode/table.ts";
import { openWorkbench } from "../support/vscode/workbench.ts";

describe("npm start", () => {
	const home = isolate();
	const eventsFile = join(home.folder, "logs", "events.jsonl");
	let child: ChildProcess;
	let output = "";
	let port: number;
	let isEnded: Promise<unknown>;

	const address = () => /http:\S+/.exec(output)?.[0] ?? "";
	const withoutToken = () => address().replace(/&tkn=.*/, "");

	before(async () => {
		port = await freePort();
		const args = ["--port", String(port), "--events-file", eventsFile];
		child = spawn(process.execPath, [inProject("scripts", "bootstrap.mjs"), "start", ...args], {
			// As README says: the project's own folder is opened, which nobody has trusted.
			cwd: inProject(),
			env: { ...home.env, CI: "true" },
		});
		isEnded = once(child, "close");
		child.stderr?.on("data", (chunk) => (output += chunk));
		await new Promise<void>((resolve) => {
			child.stdout?.on("data", (chunk) => {
				output += chunk;
				if (output.includes("Ctrl-C")) resolve();
			});
		});
	});

	after(() => {
		child?.kill("SIGKILL");
		rmSync(inProject(".vscode-test", `start-${port}`), { recursive: true, force: true });
		home.remove();
	});

	it("prints the address and the log that it follows", () => {
		assert.match(output, new RegExp(`http://127\\.0\\.0\\.1:${port}/`));
		assert.ok(output.includes(eventsFile));
	});

	it("lets nobody in who has not read the address", async () => {
		const { origin } = new URL(address());
		const file = encodeURIComponent(join(home.folder, "secret"));
		for (const path of ["/", `/vscode-remote-resource?path=${file}`, "/version"]) {
			assert.equal((await fetch(`${origin}${path}`)).status, 403, path);
		}
		assert.equal((await fetch(address())).status, 200);
	});

	it("names the token in no process's arguments", () => {
		const token = new URL(address()).searchParams.get("tkn") ?? "";
		assert.match(token, /^[0-9a-f]{64}$/);
		const all = execFileSync("ps", ["axww", "-o", "args="], { encoding: "utf8" });
		assert.ok(!all.includes(token));
		assert.match(all, /--connection-token-file/);
	});

	it("is opened and framed by no page of another site, though the browser knows the token", async () => {
		const site = createHttpServer((_incoming, response) => {
			response.setHeader("Content-Type", "text/html");
			response.end(`<iframe src="${withoutToken()}"></iframe><a href="${withoutToken()}">open</a>`);
		}).listen(0, "127.0.0.1");
		await once(site, "listening");
		const window = await openWorkbench({ url: address(), profile: join(home.folder, "attacked") });
		try {
			await window.page.waitForURL(withoutToken());
			const other = await window.page.context().newPage();
			const { port: sitePort } = site.address() as AddressInfo;
			await other.goto(`http://127.0.0.1:${sitePort}/`);
			const framed = other.frames().find((frame) => frame !== other.mainFrame());
			assert.doesNotMatch((await framed?.content()) ?? "", /workbench/);
			const [answer] = await Promise.all([
				other.waitForResponse((response) => response.url() === withoutToken()),
				other.getByText("open").click(),
			]);
			assert.equal(answer.status(), 403);
		} finally {
			await window.close();
			site.close();
		}
	});

	it("opens the panel by itself, first with the demo and then with the log's events", async () => {
		const window = await openWorkbench({ url: address(), profile: home.folder });
		try {
			await window.page.getByRole("button", { name: /Restricted Mode/ }).waitFor();
			const panel = await findPanel(window.page);
			await panel.getByRole("note").filter({ hasText: "Demo" }).waitFor();
			logFileAt(eventsFile).append((events) => events.add("session_start").start("a1", "Explore"));
			await panel.getByRole("note").waitFor({ state: "hidden" });
			await openTable(panel);
			await waitForRows(panel, 2);
		} finally {
			await window.close();
		}
	});

	it("ends everything it started when it is told to end", async () => {
		child.kill("SIGTERM");
		await isEnded;
		assert.equal(child.exitCode, 0);
		await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
	});

	it("refuses arguments that it does not know, with its usage", async () => {
		const wrong = spawn(process.execPath, [inProject("scripts", "start.ts"), "--prot", "1"]);
		let said = "";
		wrong.stderr.on("data", (chunk) => (said += chunk));
		const [code] = await once(wrong, "close");
		assert.equal(code, 2);
		assert.match(said, /--prot/);
		assert.match(said, /usage: npm start/);
	});
});

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	assert.ok(address !== null && typeof address === "object");
	return address.port;
}
