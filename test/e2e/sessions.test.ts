import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runFolder } from "../support/recordedRun.ts";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session } from "../support/vscode/session.ts";

/** What a person asks who comes back the next day; each answer is counted in clicks. */
describe("a session that is over, in VS Code", () => {
	let session: Session;

	before(async () => {
		session = await openSession();
		cpSync(join(runFolder("everything"), "projects"), session.projects, { recursive: true });
		await session.page.locator(".activitybar a[aria-label^='Agent Live Graph']").click();
	});

	after(() => session?.close());

	const rows = () => {
		const header = session.page.locator(".pane-header", { hasText: /^Sessions/ });
		return session.page.locator(".pane", { has: header }).locator(".monaco-list-row");
	};

	it("is listed, and one click opens it with the agents that ended", async () => {
		const row = rows()
			.filter({ hasText: /agents/ })
			.first();
		await row.waitFor();
		await row.click();
		const panel = await session.panel();
		await panel.locator(".badge", { hasText: "past session" }).waitFor();
		await panel.locator('button.toggle[aria-pressed="true"]', { hasText: /Finished 5/ }).waitFor();
		await session.page.waitForTimeout(1500);
		await saveScreenshot(session.page, "e2e-past-session");
	});

	it("is taken along as one page, by the button of its graph", async () => {
		const panel = await session.panel();
		await panel.getByRole("button", { name: "Export" }).click();
		await panel.getByRole("menuitem", { name: "Session…" }).click();
		const input = session.page.locator(".quick-input-widget");
		await input.locator(".monaco-list-row", { hasText: "HTML page" }).first().waitFor();
		await saveScreenshot(session.page, "e2e-export-form");
		await session.page.keyboard.press("Enter");
		const name = input.locator("input.input");
		const file = join(session.workspace, "session.html");
		await name.and(session.page.locator('[value$=".html"], input')).waitFor();
		await session.page.waitForTimeout(500);
		await name.fill(file);
		await session.page.keyboard.press("Enter");
		await session.page.locator(".notification-toast", { hasText: "Saved session.html" }).waitFor();
		const html = readFileSync(file, "utf8");
		assert.match(html, /^<!DOCTYPE html>[\s\S]*agent-live-graph\.session/);
		assert.ok(!html.includes(session.workspace));
	});

	it("has its words one more click away", async () => {
		const row = rows()
			.filter({ hasText: /agents/ })
			.first();
		await row.hover();
		await row.locator("a[aria-label='Open Transcript']").click();
		const editor = session.page.locator(".editor-instance .view-lines").first();
		await editor.filter({ hasText: "Prompt" }).waitFor();
		await saveScreenshot(session.page, "e2e-transcript");
		assert.match(await editor.innerText(), /^Transcript.of.session/);
	});
});
