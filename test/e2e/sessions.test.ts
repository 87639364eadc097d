import assert from "node:assert/strict";
import { cpSync } from "node:fs";
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
