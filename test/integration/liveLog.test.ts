import assert from "node:assert/strict";
import { mkdirSync, rmdirSync } from "node:fs";
import type { Api } from "../../src/extension/main.ts";
import type { AgentTreeRow } from "../../src/extension/tree/liveAgentsTree.ts";
import { SESSION } from "../support/log/eventLog.ts";
import { activated, eventually, shownNodes, whenFeed } from "../support/vscode/extension.ts";
import type { LogFile } from "../support/vscode/logFile.ts";
import { followOwnLog, leaveOwnLog } from "../support/vscode/ownLog.ts";

describe("a live log", () => {
	let api: Api;
	let log: LogFile;

	beforeEach(async () => {
		api = await activated();
		log = await followOwnLog(api);
	});

	afterEach(async () => {
		await leaveOwnLog(log);
	});

	it("is waited for while it is missing, and followed once it appears", async () => {
		await whenFeed(api, () => api.feed.status.connection === "waiting");
		assert.match(api.feed.status.message, /No hook has written yet to /);
		log.append((events) => events.add("session_start").start("a1", "Explore"));
		await whenFeed(api, () => api.feed.mirror.counters.alive === 1);
		assert.equal(api.feed.status.connection, "connected");
	});

	it("shows in the tree as sessions with their agents nested", async () => {
		log.append((events) =>
			events
				.add("session_start")
				.spawn("t1", "general-purpose")
				.start("a1", "general-purpose")
				.link("t1", "a1")
				.spawn("t2", "Explore", { agent_id: "a1", parent_id: "a1" })
				.start("a2", "Explore")
				.link("t2", "a2", { agent_id: "a1" }),
		);
		await whenFeed(api, () => api.feed.mirror.counters.alive === 2);
		const firstBelow = (row?: AgentTreeRow) => api.tree.getChildren(row)[0];
		// The tree gathers changes for a while, and may show the first of them before the rest.
		await eventually(() => {
			const agent = firstBelow(firstBelow());
			return agent !== undefined && firstBelow(agent) !== undefined;
		});
		const session = firstBelow();
		const agent = firstBelow(session);
		const nested = firstBelow(agent);
		assert.ok(session && agent && nested);
		const labels = [session, agent, nested].map((row) => api.tree.getTreeItem(row).label);
		assert.deepEqual(labels, ["app", "general-purpose", "Explore"]);
		assert.equal(api.tree.getParent(nested), agent);
	});

	it("says in a row what an agent is doing, and the rest in a tooltip once it is asked for", async () => {
		log.append((events) =>
			events.add("session_start").start("a1", "Explore").use("c1", "a1", "Bash"),
		);
		await whenFeed(api, () => shownNodes(api).get("a1")?.call?.tool === "Bash");
		const rows = () => api.tree.getChildren(api.tree.getChildren()[0]);
		await eventually(() => rows().length === 1);
		const [row] = rows();
		assert.ok(row);
		await eventually(() => /^Bash · /.test(String(api.tree.getTreeItem(row).description)));
		const item = api.tree.getTreeItem(row);
		assert.equal(item.tooltip, undefined);
		const { tooltip } = api.tree.resolveTreeItem(item, row);
		assert.match(String(tooltip), /^Explore\nBash · .*\nfor .* · 1 call\n.*a1$/s);
	});

	it("says in a session's row whose it is where there are others', to screen readers too", async () => {
		const rows = () => api.tree.getChildren().map((row) => api.tree.getTreeItem(row));
		log.append((events) => events.add("session_start"));
		await eventually(() => rows().length === 1);
		assert.doesNotMatch(String(rows()[0]?.description), /Claude Code/);
		const other = { session_id: "another-session", client: "codex" };
		log.append((events) => events.add("session_start", other));
		await eventually(() => rows().length === 2);
		for (const [at, title] of ["Claude Code", "Codex"].entries()) {
			const { description, accessibilityInformation } = rows()[at] ?? {};
			assert.match(String(description), new RegExp(`^${title} · `));
			assert.match(String(accessibilityInformation?.label), new RegExp(`^app, ${title}, `));
		}
	});

	it("counts its living agents in the status bar, and those that wait", async () => {
		log.append((events) => events.add("session_start").start("a1", "Explore").start("a2", "Plan"));
		await eventually(() => api.statusBar.text === "$(pulse) 2 agents");
		log.append((events) => events.add("permission_wait", { agent_id: "a1", tool: "Bash" }));
		await eventually(() => api.statusBar.text === "$(pulse) 2 agents $(bell-dot) 1");
		log.append((events) => events.stop("a2", "Plan", "functional").stop("a1", "Explore"));
		await eventually(() => api.statusBar.text === "$(pulse) 0 agents");
		assert.equal(api.statusBar.isWarning, false);
	});

	it("keeps calls and outcomes on the agent that they belong to", async () => {
		log.append((events) =>
			events
				.add("session_start")
				.start("a1", "Explore")
				.use("c1", "a1")
				.result("c1", "a1")
				.use("c2")
				.result("c2", undefined, false)
				.stop("a1", "Explore", "partial"),
		);
		await whenFeed(api, () => shownNodes(api).get("a1")?.state === "done");
		const nodes = shownNodes(api);
		assert.equal(nodes.get("a1")?.outcome, "partial");
		assert.equal(nodes.get("a1")?.calls, 1);
		assert.equal(nodes.get(SESSION)?.failures, 1);
	});

	it("warns in the status bar while it cannot be read, and recovers", async () => {
		mkdirSync(log.path);
		await eventually(() => api.statusBar.isWarning);
		assert.equal(api.statusBar.text, "$(warning) Agents");
		assert.match(api.feed.status.message, /it is a folder/);
		rmdirSync(log.path);
		log.append((events) => events.add("session_start").start("a1", "Explore"));
		await eventually(() => api.statusBar.text === "$(pulse) 1 agent");
		assert.equal(api.statusBar.isWarning, false);
	});
});
