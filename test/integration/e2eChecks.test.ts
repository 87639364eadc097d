import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../src/extension/main.ts";
import { activated, eventually, whenTelemetry } from "../support/vscode/extension.ts";

const APP = `---
name: shop
uses_functions: [src/pay.ts#pay]
e2e_checks:
  - id: pays
    cmd: echo paid
    expect_stdout_contains: paid
  - id: opens
    cmd: echo closed
    expect_stdout_contains: open
  - id: waits
    cmd: sleep 60
---
`;

describe("E2E checks", () => {
	let api: Api;
	let folder: string;

	before(async () => {
		api = await activated();
		const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
		assert.ok(root);
		folder = path.join(root, "e2e-checks");
		mkdirSync(path.join(folder, "broken"), { recursive: true });
		writeFileSync(path.join(folder, "app.md"), APP);
		writeFileSync(path.join(folder, "broken", "app.md"), "---\nname: kiosk\ne2e_checks: 1\n---\n");
		await api.apps.refresh();
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	const checks = () => api.apps.checks.filter(({ app }) => app.name === "shop");
	const never = () => new AbortController().signal;

	it("are listed by app, and a file that is wrong with its reason and line", async () => {
		const rows = await api.checksTree.getChildren();
		const items = rows.map((row) => api.checksTree.getTreeItem(row));
		assert.deepEqual(
			items.map(({ label, description }) => [label, description]),
			[
				["shop", "3 checks"],
				["e2e-checks/broken/app.md", "line 3: e2e_checks has to be a list."],
			],
		);
	});

	it("run as tasks, are recorded for the functions, and show how they ended", async () => {
		await whenTelemetry(api, ({ role }) => role === "writer");
		const started: string[] = [];
		const listener = vscode.tasks.onDidStartTask(({ execution }) =>
			started.push(execution.task.name),
		);
		const ran = await api
			.appEngine()
			.appActions.runChecks(api, checks().slice(0, 2), () => {}, never());
		listener.dispose();
		assert.deepEqual(ran, { passed: 1, failed: 1, cancelled: 0, notRecorded: null });
		assert.deepEqual(started, ["shop: pays", "shop: opens"]);
		const [stats] = await api.telemetry.required.functionStats(["src/pay.ts#pay"]);
		assert.deepEqual([stats?.e2e_total, stats?.e2e_failed, stats?.consumer_apps_count], [2, 1, 1]);
		const [app] = await api.checksTree.getChildren();
		const rows = await api.checksTree.getChildren(app);
		const items = rows.map((row) => api.checksTree.getTreeItem(row));
		assert.match(String(items[0]?.description), /^passed · /);
		assert.match(String(items[1]?.description), /^failed · /);
		assert.match(String(items[1]?.tooltip), /lacks "open"/);
		assert.equal(items[2]?.description, "not run yet");
	});

	it("end when they are cancelled, and count for nothing", async () => {
		const cancellation = new AbortController();
		const running = api
			.appEngine()
			.appActions.runChecks(api, checks().slice(2), () => {}, cancellation.signal);
		const [listed] = checks().slice(2);
		assert.ok(listed);
		await eventually(() => vscode.tasks.taskExecutions.length > 0);
		assert.equal(api.apps.isRunning(listed), true);
		cancellation.abort();
		const ran = await running;
		assert.deepEqual([ran.cancelled, ran.passed + ran.failed], [1, 0]);
		assert.deepEqual([api.apps.isRunning(listed), api.apps.resultOf(listed)], [false, null]);
	});
});
