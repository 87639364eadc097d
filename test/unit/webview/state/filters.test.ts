import assert from "node:assert/strict";
import { isInWorkspace } from "../../../../src/model/views/workspace.ts";
import type { PanelSettings } from "../../../../src/protocol/messages.ts";
import {
	initialFilters,
	NO_FILTERS,
	passesFilters,
	readFilters,
} from "../../../../src/webview/state/filters.ts";
import { agentView, sessionView } from "../../../support/page/fakeViews.ts";

const settings: PanelSettings = {
	showOtherSessions: false,
	reducedMotion: "auto",
	usualTimes: { silences: [], durations: [] },
	clients: [],
	workspaceFolders: ["/home/dev/web-app"],
	canOpen: false,
	lostAfterMs: 1_800_000,
};

describe("filters", () => {
	for (const [cwd, folder, isInside] of [
		["/home/dev/web-app", "/home/dev/web-app", true],
		["/home/dev/web-app/src", "/home/dev/web-app/", true],
		["/home/dev/web-app-2", "/home/dev/web-app", false],
		["/home/dev", "/home/dev/web-app", false],
		["/anything", "/", true],
		["C:\\Code\\App\\src", "c:/code/app", true],
		["C:\\Code\\App2", "c:/code/app", false],
		["/Home", "/home", false],
		["", "/home", false],
	] as const) {
		it(`finds ${cwd || "no folder"} ${isInside ? "inside" : "outside"} ${folder}`, () => {
			assert.equal(isInWorkspace(cwd, [folder]), isInside);
		});
	}

	it("starts narrow only where the setting says so and the workspace has a folder", () => {
		assert.equal(initialFilters(settings).session, "workspace");
		assert.equal(initialFilters({ ...settings, workspaceFolders: [] }).session, "all");
		assert.equal(initialFilters({ ...settings, showOtherSessions: true }).session, "all");
	});

	it("lets an agent pass by its session's folder", () => {
		const session = sessionView("s1", { folder: "web-app" });
		const other = sessionView("s1", { folder: "elsewhere" });
		const filters = { ...NO_FILTERS, session: "workspace" } as const;
		assert.equal(passesFilters(agentView("a"), session, filters, settings), true);
		assert.equal(passesFilters(agentView("a"), other, filters, settings), false);
		assert.equal(passesFilters(agentView("a"), undefined, filters, settings), false);
	});

	it("lets sessions and their agents pass by the session's client", () => {
		const session = sessionView("s1", { client: "codex" });
		const filters = { ...NO_FILTERS, client: "codex" };
		assert.equal(passesFilters(session, session, filters, settings), true);
		assert.equal(passesFilters(agentView("a"), session, filters, settings), true);
		const others = { ...filters, client: "other" };
		assert.equal(passesFilters(session, session, others, settings), false);
		assert.equal(passesFilters(agentView("a"), session, others, settings), false);
		assert.equal(passesFilters(agentView("a"), undefined, filters, settings), false);
	});

	it("asks agents, not sessions, for model and outcome", () => {
		const filters = { ...NO_FILTERS, family: "opus", ending: "fail" } as const;
		const failed = agentView("a", { model: "claude-opus-4-8", state: "done", outcome: "fail" });
		const check = (view: typeof failed) => passesFilters(view, undefined, filters, settings);
		assert.equal(check(failed), true);
		assert.equal(check({ ...failed, outcome: null }), false);
		assert.equal(check({ ...failed, state: "running" }), false);
		assert.equal(check({ ...failed, model: "claude-sonnet-5" }), false);
		assert.equal(check(sessionView("s1")), true);
	});

	it("reads saved filters and drops what it does not know", () => {
		const known = { session: "id:abc", client: "codex", family: "haiku", ending: "alive" } as const;
		assert.deepEqual(readFilters(known), known);
		assert.deepEqual(
			readFilters({ session: "ids", client: 1, family: 1, ending: "won" }),
			NO_FILTERS,
		);
	});
});
