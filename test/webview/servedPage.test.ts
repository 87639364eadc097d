import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../../scripts/paths.ts";
import { startCli } from "../support/cli/runCli.ts";
import { insightsDatabase } from "../support/insights/insightsDatabase.ts";
import { EventLog } from "../support/log/eventLog.ts";
import { launchBrowser } from "../support/page/browserPage.ts";
import { StreamLab, TOKEN } from "../support/stream/streamLab.ts";
import { useTempFolder } from "../support/tempFolder.ts";
import { copyRecent } from "../support/transcripts/recentTranscripts.ts";

describe("the page that the stream serves", () => {
	let browser: Browser;
	let lab: StreamLab;
	let page: Page;
	const complaints: string[] = [];
	const home = useTempFolder();
	before(async () => {
		browser = await launchBrowser();
	});
	after(() => browser.close());
	beforeEach(async () => {
		lab = new StreamLab();
		await lab.start();
		page = await browser.newPage();
		complaints.length = 0;
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("console", (message) => {
			if (message.type() === "error") complaints.push(message.text());
		});
	});
	afterEach(async () => {
		await page.close();
		await lab.stop();
	});

	it("draws the living and follows what comes, with nothing against its policy", async () => {
		lab.feed.append(...new EventLog().add("session_start").start("a1", "Explore").events);
		await page.goto(lab.server.pageUrl);
		await page.getByRole("button", { name: /table/i }).click();
		await page.getByText("Explore").first().waitFor();
		lab.feed.append(...new EventLog().start("a2", "Plan").events);
		await page.getByText("Plan").first().waitFor();
		assert.deepEqual(complaints, []);
		assert.match((await page.locator("body").getAttribute("class")) ?? "", /browser vscode-/);
	});

	it("takes the token out of its address, and knows it after a reload", async () => {
		await page.goto(lab.server.pageUrl);
		await page.getByText("Waiting for agents").waitFor();
		assert.equal(page.url(), `${lab.server.origin}/`);
		await page.reload();
		await page.getByText("Waiting for agents").waitFor();
		assert.deepEqual(complaints, []);
	});

	it("offers nothing that only an editor can do", async () => {
		await page.goto(lab.server.pageUrl);
		await page.getByText("Waiting for agents").waitFor();
		assert.equal(await page.getByRole("button", { name: "Install Hooks" }).isVisible(), false);
		assert.equal(await page.getByRole("button", { name: "Play Demo" }).isVisible(), false);
	});

	it("leaves it to the browser to keep its picture", async () => {
		await page.goto(lab.server.pageUrl);
		await page.getByText("Waiting for agents").waitFor();
		for (const format of ["SVG", "PNG"]) {
			const download = page.waitForEvent("download");
			await page.getByRole("button", { name: "Export" }).click();
			await page.getByRole("menuitem", { name: `Picture as ${format}` }).click();
			const name = (await download).suggestedFilename();
			assert.equal(name, `agent-live-graph.${format.toLowerCase()}`);
		}
		assert.deepEqual(complaints, []);
	});

	it("says what is missing without a token", async () => {
		await page.goto(`${lab.server.origin}/`);
		await page.getByRole("heading", { name: "This page needs its token" }).waitFor();
		await page.getByText("Open the whole address").first().waitFor();
		assert.equal(lab.server.clients, 0);
	});

	it("shows somebody who has no hooks what the transcripts tell", async () => {
		const transcripts = inProject("test", "fixtures", "captures", "nested-mixed", "transcripts");
		copyRecent(transcripts, home.file(".claude/projects"));
		const program = startCli(home.path, ["stream", "--bind", "127.0.0.1:0"]);
		try {
			await page.goto(await addressOf(program));
			await page.getByRole("button", { name: /table/i }).click();
			await page.getByText("general-purpose").first().waitFor();
			assert.match(await page.locator(".table-pane").innerText(), /Explore/);
			assert.equal(await page.locator(".badge").innerText(), "●\nconnected");
			assert.deepEqual(complaints, []);
		} finally {
			program.kill("SIGKILL");
		}
	});

	it("leads to the figures and back, and knows its token on both", async () => {
		lab.insights.answerWith = ({ kind }) => {
			throw new Error(`nothing is known of ${kind}`);
		};
		await page.goto(lab.server.pageUrl);
		await page.getByText("Waiting for agents").waitFor();
		await page.getByRole("link", { name: "Insights" }).click();
		await page.getByText("nothing is known of insights").waitFor();
		assert.equal(page.url(), `${lab.server.origin}/insights`);
		const here = page.getByRole("link", { name: "Insights" });
		assert.equal(await here.getAttribute("aria-current"), "page");
		await page.getByRole("link", { name: "Live graph" }).click();
		await page.getByText("Waiting for agents").waitFor();
		assert.deepEqual(complaints, []);
	});

	it("draws figures of the database, follows it, and offers nothing that only an editor can do", async () => {
		const now = Date.now();
		const store = await insightsDatabase({
			now,
			days: 20,
			calls: 600,
			messages: 300,
			functions: 40,
			sessions: 10,
		});
		try {
			writeFileSync(home.file("figures.db"), store.export());
		} finally {
			store.close();
		}
		const program = startCli(home.path, ["stream", "--bind", "127.0.0.1:0", "--db", "figures.db"]);
		try {
			const address = new URL(await addressOf(program));
			address.pathname = "/insights";
			await page.goto(String(address));
			await page.locator(".functions tbody tr[data-function]").first().waitFor();
			assert.match(await page.locator(".headline").innerText(), /\$\d/);
			assert.equal(await page.locator(".chart .bar").count(), 30);
			for (const format of ["CSV", "SVG", "PNG"]) {
				const download = page.waitForEvent("download");
				await page.getByRole("button", { name: `Save Cost as ${format}` }).click();
				assert.equal((await download).suggestedFilename(), `cost.${format.toLowerCase()}`);
			}
			await page.locator(".functions tbody tr[data-function] button").first().click();
			await page.locator(".detail").waitFor();
			assert.equal(await page.getByRole("button", { name: "Open File" }).count(), 0);
			await page.reload();
			await page.locator(".functions tbody tr[data-function]").first().waitFor();
			assert.deepEqual(complaints, []);
		} finally {
			program.kill("SIGKILL");
		}
	});

	it("says in the figures' place what is missing, and shows them once the stream is there again", async () => {
		await page.goto(`${lab.server.origin}/insights`);
		await page.getByText("This page needs its token").waitFor();
		await page.goto(`${lab.server.origin}/insights#token=${TOKEN}`);
		await page.reload();
		lab.insights.answerWith = () => new Promise(() => {});
		const port = Number(new URL(lab.server.origin).port);
		await page.reload();
		await lab.server.close();
		await page.getByText("The stream is away").waitFor();
		lab.insights.answerWith = () => {
			throw new Error("there again");
		};
		await lab.start({}, port);
		await page.getByText("there again").waitFor({ timeout: 45_000 });
	});

	it("connects again after the connection broke, and has what it missed", async () => {
		await page.goto(lab.server.pageUrl);
		await page.getByText("Waiting for agents").waitFor();
		const port = Number(new URL(lab.server.origin).port);
		await lab.server.close();
		lab.feed.append(...new EventLog().add("session_start").start("a1", "Explore").events);
		await page.getByText("reconnecting", { exact: false }).first().waitFor();
		await lab.start({}, port);
		await page.getByRole("button", { name: /table/i }).click();
		await page.getByText("Explore").first().waitFor();
	});
});

/** Address of the page that the program prints. */
function addressOf({ stdout }: ChildProcess): Promise<string> {
	return new Promise((resolve) => {
		let seen = "";
		stdout?.on("data", (text: Buffer) => {
			seen += String(text);
			const address = /^page +(\S+)\n/m.exec(seen)?.[1];
			if (address !== undefined) resolve(address);
		});
	});
}
