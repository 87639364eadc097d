import assert from "node:assert/strict";
import { type LogFile, logFileAt } from "../support/vscode/logFile.ts";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session, statusItem } from "../support/vscode/session.ts";
import { openTable, tableRows, waitForRows } from "../support/vscode/table.ts";

describe("the packaged extension in VS Code", () => {
	let session: Session;
	let log: LogFile;

	before(async () => {
		session = await openSession();
		log = logFileAt(session.eventsFile);
	});

	after(() => session?.close());

	it("opens from the palette and explains itself while there is no log", async () => {
		await session.runCommand("Agent Live Graph: Open");
		const panel = await session.panel();
		await panel.getByRole("button", { name: "Install Hooks" }).waitFor();
		await panel.getByRole("button", { name: "Play Demo" }).waitFor();
		assert.match(await statusItem(session.page).innerText(), /0 agents/);
	});

	it("shows agents in the table as their events are appended", async () => {
		const panel = await session.panel();
		await openTable(panel);
		log.append((events) =>
			events
				.add("session_start")
				.spawn("t1", "general-purpose", { model: "claude-sonnet-5" })
				.start("a1", "general-purpose")
				.link("t1", "a1", { model: "claude-sonnet-5" }),
		);
		await waitForRows(panel, 2);
		log.append((events) =>
			events
				.spawn("t2", "Explore", { agent_id: "a1", parent_id: "a1" })
				.start("a2", "Explore")
				.link("t2", "a2", { agent_id: "a1" })
				.use("c1", "a2")
				.result("c1", "a2", false),
		);
		await waitForRows(panel, 3);
		await panel.getByRole("row", { name: /Explore/ }).waitFor();
		const rows = await tableRows(panel);
		assert.match(rows[1] ?? "", /general-purpose.*Sonnet/i);
		assert.match(rows[2] ?? "", /Explore\|task t2\|.*\|1\|1\|/);
		const levels = await panel
			.locator('[role="treegrid"] tr[aria-level]')
			.evaluateAll((elements) => elements.map((row) => row.getAttribute("aria-level")));
		assert.deepEqual(levels, ["1", "2", "3"]);
	});

	it("counts the living agents in the status bar", async () => {
		await statusItem(session.page).filter({ hasText: "2 agents" }).waitFor();
	});

	it("lists them in the tree of its own view", async () => {
		await session.page.locator(".activitybar a[aria-label^='Agent Live Graph']").click();
		const header = session.page.locator(".pane-header", { hasText: "Live Agents" });
		const tree = session.page.locator(".pane", { has: header }).locator(".monaco-list-row");
		await tree.filter({ hasText: "Explore" }).waitFor();
		assert.equal(await tree.count(), 3);
		await saveScreenshot(session.page, "e2e-tree-and-table");
	});

	it("notifies of a call that waits for permission, and shows who waits", async () => {
		session.applySettings({ "agentLiveGraph.permissionNotifications.afterSeconds": 1 });
		log.append((events) => events.add("permission_wait", { agent_id: "a2", tool: "Bash" }));
		await statusItem(session.page).filter({ hasText: "2 agents 1" }).waitFor();
		const toast = session.page.locator(".notification-toast", {
			hasText: "Explore (task t2) in app waits for your permission to use Bash.",
		});
		await toast.waitFor();
		await saveScreenshot(session.page, "e2e-permission-wait");
		await toast.getByRole("button", { name: "Show" }).click();
		const panel = await session.panel();
		await panel.locator(".inspector", { hasText: "child of general-purpose" }).waitFor();
	});

	it("moves an agent that ended among the finished, with its outcome", async () => {
		const panel = await session.panel();
		log.append((events) => events.stop("a2", "Explore", "partial"));
		await panel.getByRole("row", { name: /Explore.*Partial/i }).waitFor();
		await statusItem(session.page).filter({ hasText: "1 agent" }).waitFor();
	});

	it("warns in the status bar when the log cannot be read any more", async () => {
		log.remove();
		logFileAt(`${session.eventsFile}/x`).appendText("");
		await statusItem(session.page).and(session.page.locator(".warning-kind")).waitFor();
		const panel = await session.panel();
		await panel.getByRole("status").filter({ hasText: "disconnected" }).waitFor();
	});
});
