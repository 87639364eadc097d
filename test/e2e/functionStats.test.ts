import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { EventLog } from "../support/log/eventLog.ts";
import { logFileAt } from "../support/vscode/logFile.ts";
import { chooseFromMenu } from "../support/vscode/menus.ts";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session, statusItem } from "../support/vscode/session.ts";

describe("the view Function Stats", () => {
	let session: Session;

	before(async () => {
		session = await openSession({ width: 1100, height: 900 });
		logFileAt(session.eventsFile).append(recordCalls);
		await session.page.locator(".activitybar a[aria-label^='Agent Live Graph']").click();
		// Room for the rows: a list has only those that can be seen.
		await header("Live Agents").click();
		await header("Sessions").click();
	});

	after(() => session?.close());

	it("shows functions by kind with their calls and error rate", async () => {
		await row("Edit").waitFor();
		assert.match(await row("Edit").innerText(), /Edit\s*30 calls · 40 % errors/);
		await row("db/query").waitFor();
		await row("Edit").click();
		await row("Errors by class").waitFor();
		await row("Recent calls").click();
		await row("Edit").hover();
		await session.page.locator(".workbench-hover", { hasText: "p50 / p95 / p99" }).waitFor();
		await saveScreenshot(session.page, "function-stats");
		await row("Edit").click();
	});

	it("sorts by what its menu says, with a check mark at the present order", async () => {
		const { page } = session;
		await chooseFromMenu(page, {
			async open(timeout) {
				await header("Function Stats").hover({ timeout });
				await page.getByRole("button", { name: "Sort By" }).click({ timeout });
				const now = page.locator(".monaco-menu").getByText("✓ Sort Functions by Calls");
				await now.waitFor({ timeout });
				await saveScreenshot(page, "function-stats-sort");
			},
			item: "Sort Functions by Error Rate",
			tookEffect: (timeout) =>
				page.waitForFunction(
					() => {
						const rows = [...document.querySelectorAll(".customview-tree .monaco-list-row")];
						const at = (text: string) => rows.findIndex((row) => row.textContent?.startsWith(text));
						return at("Edit") >= 0 && at("Edit") < at("Read");
					},
					undefined,
					{ polling: 100, timeout },
				),
		});
	});

	it("filters while one types", async () => {
		await header("Function Stats").hover();
		await session.page.getByRole("button", { name: "Filter Functions" }).click();
		await session.page.locator(".quick-input-widget input").fill("git");
		await row("git").waitFor();
		await row("Edit").waitFor({ state: "detached" });
		await session.page.keyboard.press("Escape");
		await row("Edit").waitFor();
	});

	it("is emptied only when that is confirmed, and comes back from the log", async () => {
		const { page } = session;
		const dialog = page.locator(".monaco-dialog-box");
		await session.runCommand("Agent Live Graph: Clear Telemetry");
		await dialog
			.getByText("The event log and the transcripts are kept", { exact: false })
			.waitFor();
		await dialog.getByRole("button", { name: "Cancel" }).click();
		assert.equal(await row("Edit").isVisible(), true);
		await session.runCommand("Agent Live Graph: Clear Telemetry");
		await dialog.getByRole("button", { name: "Clear", exact: true }).click();
		await page.getByText("No calls recorded yet", { exact: false }).waitFor();
		await saveScreenshot(page, "function-stats-empty");
		await session.runCommand("Agent Live Graph: Rebuild Telemetry");
		await row("Edit").waitFor();
	});

	it("is summed up in the status bar's tooltip", async () => {
		const { page } = session;
		const hover = page.locator(".workbench-hover", { hasText: "168 calls of 5 functions" });
		await page.mouse.move(600, 400);
		// A notification that goes at this moment takes the hover with it.
		for (let attempt = 0; attempt < 5 && !(await hover.isVisible()); attempt++) {
			await page.mouse.move(600, 400 + attempt);
			await statusItem(page).hover();
			await hover.waitFor({ timeout: 5_000 }).catch(() => {});
		}
		assert.match(
			await hover.innerText(),
			/Telemetry: 168 calls of 5 functions recorded, 8\.3 % failed/,
		);
	});

	function header(name: string): Locator {
		return session.page.locator(".pane-header", { hasText: name });
	}

	function row(label: string): Locator {
		return session.page
			.locator(".customview-tree .monaco-list-row")
			.filter({ has: session.page.locator(".label-name", { hasText: new RegExp(`^${label}$`) }) });
	}
});

function recordCalls(log: EventLog): void {
	log.add("session_start");
	calls(log, "Read", 120, 1);
	calls(log, "Edit", 30, 12);
	calls(log, "mcp__db__query", 8, 0);
	for (let i = 0; i < 9; i++) {
		log.add("tool_use", { id: `git-${i}`, tool: "Bash", program: "git" });
		log.result(`git-${i}`, undefined, i > 0, "Bash");
	}
	log.add("tool_use", { id: "skill-1", tool: "Skill", skill: "release-notes" });
	log.result("skill-1", undefined, true, "Skill");
}

function calls(log: EventLog, tool: string, count: number, failed: number): void {
	for (let i = 0; i < count; i++) {
		const id = `${tool}-${i}`;
		log.use(id, undefined, tool);
		log.add("tool_result", {
			id,
			tool,
			success: i >= failed,
			duration_ms: 20 + i * 7,
			...(i < failed ? { error_class: "string_not_found" } : {}),
		});
	}
}
