import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../scripts/setup/which.ts";
import { HOOKED_CLIENTS } from "../../src/ingest/clients/hookedClients.ts";
import { HookInstaller } from "../../src/installer/installer.ts";
import type { AgentEvent } from "../../src/model/events/events.ts";
import { LiveGraph } from "../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../src/model/graph/told/graphDescription.ts";
import { repository } from "../support/client/clientRun.ts";
import { realClients } from "../support/client/clients/all.ts";
import { RealRun } from "../support/client/clients/realRun.ts";
import { mixed } from "../support/client/clients/scenario.ts";
import { eventsOfFile, filesBelow } from "../support/transcripts/clientRuns.ts";
import { eventsOfLog } from "../support/transcripts/recordedRun.ts";

/** In a way that no program writes; of what Codex does not know it takes nothing at all. */
const SETTINGS = '{"hooks":{\n  "Stop" : [ ]} }\n';
const CLIENT = HOOKED_CLIENTS.find(({ name }) => name === "codex") ?? assert.fail("no hooks");

for (const title of ["Codex, in scripts", "Codex, by functions"]) {
	describe(`the real client with our installer's settings: ${title}`, () => {
		const client = realClients.get(title) ?? assert.fail(title);
		let run: RealRun;
		let settings: string;
		let hooks: readonly AgentEvent[];
		let rollouts: readonly AgentEvent[];

		before(async function () {
			if (client.program() === undefined || findProgram("jq") === undefined) this.skip();
			run = new RealRun(client);
			const folder = join(run.home, ".codex");
			settings = join(folder, "hooks.json");
			mkdirSync(folder);
			writeFileSync(settings, SETTINGS);
			assert.ok((await change("install")).added > 5);
			await run.play(mixed, { args: ["--dangerously-bypass-hook-trust"] });
			const log = join(run.home, ".claude", "memory", "agent-events.jsonl");
			hooks = eventsOfLog(readFileSync(log, "utf8").split("\n").filter(Boolean));
			rollouts = filesBelow(join(folder, "sessions")).flatMap(eventsOfFile);
		});
		after(() => run?.dispose());

		it("shows the same agents and calls by hooks, by rollouts, and by both", () => {
			const [told, ...others] = [
				rollouts,
				hooks,
				[...hooks, ...rollouts],
				[...rollouts, ...hooks],
				[...hooks, ...rollouts].toSorted((a, b) => a.ts - b.ts),
			].map(shown);
			assert.equal(told?.length, 5);
			for (const other of others) assert.deepEqual(other, told);
		});

		it("shows by both the failures that rollouts alone tell", () => {
			const failures = (events: readonly AgentEvent[]) =>
				nodesOf(events).map(({ id, failures: count }) => [id, count]);
			const both = failures([...hooks, ...rollouts]);
			assert.deepEqual(both, failures(rollouts));
			assert.equal(both.filter(([, count]) => count !== 0).length, 3);
		});

		it("gives back the settings to the byte", async () => {
			assert.notEqual(readFileSync(settings, "utf8"), SETTINGS);
			await change("uninstall");
			assert.equal(readFileSync(settings, "utf8"), SETTINGS);
		});

		function change(action: "install" | "uninstall") {
			const place = { env: {}, home: run.home };
			return new HookInstaller(join(repository, "hooks"), "0.1.0", place).change({
				action,
				client: CLIENT,
				file: settings,
				scope: "user",
				confirm: async () => true,
			});
		}
	});
}

/** Without failures: hooks of Codex tell of no command that it failed. */
function shown(events: readonly AgentEvent[]) {
	return nodesOf(events).map(({ id, parent, type, outcome, stubs, calls }) => ({
		id,
		parent,
		type,
		outcome,
		stubs,
		calls,
	}));
}

function nodesOf(events: readonly AgentEvent[]) {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return describeGraph(graph).nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
