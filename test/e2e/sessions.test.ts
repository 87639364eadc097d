import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runFolder } from "../support/transcripts/recordedRun.ts";
import { chooseFromList, chooseFromMenu } from "../support/vscode/menus.ts";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session } from "../support/vscode/session.ts";

/** What a person asks who comes back the next day; each answer is counted in clicks. */
describe("a session that is over, in VS Code", () => {
	let session: Session;

	before(async () => {
		session = await openSession();
		cpSync(join(runFolder("everything"), "projects"), session.projects, { recursive: true });
		writeSession(join(session.projects, "-home-dev-project"));
		await session.page.locator(".activitybar a[aria-label^='Agent Live Graph']").click();
	});

	after(() => session?.close());

	const pane = () => {
		const header = session.page.locator(".pane-header", { hasText: /^Sessions/ });
		return session.page.locator(".pane", { has: header });
	};
	const rows = () => pane().locator(".monaco-list-row");
	const row = (text: RegExp) => rows().filter({ hasText: text }).first();

	/** Of the view's title. */
	async function action(title: string): Promise<void> {
		await pane().locator(".pane-header").hover();
		await pane().locator(`.pane-header a[aria-label='${title}']`).click();
	}

	/** Until so many panels show a past session. */
	async function badges(count: number): Promise<void> {
		for (;;) {
			const shown = await Promise.all(
				session.page
					.frames()
					.map((frame) =>
						frame
							.evaluate(() => document.querySelector(".badge")?.textContent ?? "")
							.catch(() => ""),
					),
			);
			if (shown.filter((text) => text.includes("past session")).length >= count) return;
			await session.page.waitForTimeout(100);
		}
	}

	it("is listed, and one click opens it with the agents that ended", async () => {
		await row(/agents/).click();
		const panel = await session.panel();
		await panel.locator(".badge", { hasText: "past session" }).waitFor();
		await panel.locator('button.toggle[aria-pressed="true"]', { hasText: /Finished 5/ }).waitFor();
		await session.page.waitForTimeout(1500);
		await saveScreenshot(session.page, "e2e-past-session");
	});

	it("is replayed from its panel, event by event, and whole again by Escape", async () => {
		const panel = await session.panel();
		await panel.getByRole("button", { name: "Replay", exact: true }).click();
		const back = panel.getByRole("button", { name: "One event back (,)" });
		await back.and(panel.locator(":enabled")).click();
		await back.click();
		await panel.locator(".badge", { hasText: "replay" }).waitFor();
		const moment = await panel
			.getByRole("slider", { name: "Moment" })
			.getAttribute("aria-valuetext");
		assert.match(moment ?? "", / of /);
		await saveScreenshot(session.page, "e2e-replay");
		await back.press("Escape");
		await panel.locator(".badge", { hasText: "past session" }).waitFor();
	});

	it("has its words one more click away", async () => {
		await row(/agents/).hover();
		await row(/agents/)
			.locator("a[aria-label='Open Transcript']")
			.click();
		const editor = session.page.locator(".editor-instance .view-lines").first();
		await editor.filter({ hasText: "Prompt" }).waitFor();
		await saveScreenshot(session.page, "e2e-transcript");
		assert.match(await editor.innerText(), /^Transcript.of.session/);
	});

	it("stands beside another one that was opened to the side", async () => {
		await session.runCommand("View: Close All Editors");
		await row(/agents/).click();
		await badges(1);
		await row(/zanzibar/).hover();
		await row(/zanzibar/)
			.locator("a[aria-label='Open Session to the Side']")
			.click();
		await badges(2);
		await session.page.waitForTimeout(1500);
		await saveScreenshot(session.page, "e2e-sessions-side-by-side");
		assert.equal(await session.page.locator(".editor-group-container").count(), 2);
	});

	it("is found by what was asked in it, and all are there again when that is cleared", async () => {
		const all = await rows().count();
		await action("Search Prompts of Sessions...");
		await session.page.locator(".quick-input-widget input.input").fill("Quiche zanzibar");
		await session.page.keyboard.press("Enter");
		await pane().getByText("1 session asked “Quiche zanzibar”", { exact: true }).waitFor();
		assert.ok((await rows().count()) < all);
		await row(/zanzibar/).waitFor();
		await session.page.mouse.move(600, 600);
		await session.page.waitForTimeout(500);
		await saveScreenshot(session.page, "e2e-sessions-search");
		await action("Clear Filter and Search of Sessions");
		await pane().getByText("session asked").waitFor({ state: "hidden" });
		await row(/agents/).waitFor();
	});

	it("is exported as JSON and as a page, without a word of its prompts and answers", async () => {
		const asked = session.page.locator(".quick-input-widget");
		for (const form of [/^JSON/, /^HTML page(?! with)/]) {
			await chooseFromMenu(session.page, {
				open: (timeout) => row(/zanzibar/).click({ button: "right", timeout }),
				item: "Export Session...",
				tookEffect: (timeout) => asked.waitFor({ timeout }),
			});
			await chooseFromList(session.page, form);
			const where = asked.locator("input.input");
			await session.page.waitForFunction(() =>
				document
					.querySelector<HTMLInputElement>(".quick-input-widget input.input")
					?.value.includes("agent-live-graph"),
			);
			await where.press("Enter");
			await session.page.locator(".notification-list-item", { hasText: "Saved" }).first().waitFor();
			await session.runCommand("Notifications: Clear All Notifications");
		}
		const exported = readdirSync(session.workspace).filter((name) => /\.(json|html)$/.test(name));
		assert.equal(exported.length, 2, exported.join(", "));
		for (const name of exported) {
			const text = readFileSync(join(session.workspace, name), "latin1");
			for (const word of WORDS) assert.ok(!text.includes(word), `${word} in ${name}`);
			assert.ok(text.includes(SESSION_ID), name);
		}
	});

	it("opens from the database when its transcripts are gone, and says so", async () => {
		await session.runCommand("View: Close All Editors");
		rmSync(session.projects, { recursive: true });
		await session.page.waitForTimeout(1500);
		await row(/agents/).click();
		const panel = await session.panel();
		await panel.locator(".badge[title*='database']", { hasText: "past session" }).waitFor();
		await panel.locator('button.toggle[aria-pressed="true"]', { hasText: /Finished/ }).waitFor();
		await session.page.waitForTimeout(1500);
		await saveScreenshot(session.page, "e2e-past-session-from-database");
	});

	it("leaves nothing of its words in database, log and storage", async () => {
		await session.runCommand("Agent Live Graph: Show Status");
		await session.page.waitForTimeout(11_000);
		const stored = dirname(session.workspace);
		const files = readdirSync(stored, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => join(parentPath, name))
			.filter((file) => /globalStorage|workspaceStorage|\/logs\/|agent-events/.test(file));
		assert.ok(
			files.some((file) => file.endsWith("telemetry.db")),
			files.join("\n"),
		);
		for (const file of files) {
			const text = readFileSync(file, "latin1");
			for (const word of WORDS) assert.ok(!text.includes(word), `${word} in ${file}`);
		}
	});
});

/** That stand in a prompt and an answer alone. */
const WORDS = ["zanzibar", "pomegranate"];

const SESSION_ID = "0a0a0a0a-0000-4000-8000-00000000abcd";

function writeSession(folder: string): void {
	const head = {
		sessionId: SESSION_ID,
		cwd: "/home/dev/project",
		version: "2.1.329",
		gitBranch: "main",
	};
	// On the day of the other one, so that both are in one group.
	const at = (second: number) => `2026-11-21T04:40:0${second}.000Z`;
	const answer = [{ type: "text", text: "a pomegranate" }];
	const lines = [
		{ type: "user", timestamp: at(0), message: { role: "user", content: "zanzibar quiche" } },
		{
			type: "assistant",
			timestamp: at(1),
			message: { id: "m1", model: "claude-sonnet-5", stop_reason: "end_turn", content: answer },
		},
	];
	const text = lines.map((line) => JSON.stringify({ ...head, ...line })).join("\n");
	writeFileSync(join(folder, `${SESSION_ID}.jsonl`), `${text}\n`);
}
