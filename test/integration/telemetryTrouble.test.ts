import assert from "node:assert/strict";
import { BudgetWatch } from "../../src/extension/budgets/budgetWatch.ts";
import { StatsFeed } from "../../src/extension/stats/statsFeed.ts";
import { StatusBar } from "../../src/extension/statusBar.ts";
import { RecordedLines } from "../../src/extension/telemetry/recordedLines.ts";
import { TelemetryHost } from "../../src/extension/telemetry/telemetryHost.ts";
import type { Telemetry, TelemetryOptions } from "../../src/telemetry/api.ts";
import type { TelemetryTrouble } from "../../src/telemetry/figures.ts";
import { TelemetryError } from "../../src/telemetry/telemetryError.ts";
import { activated, eventually } from "../support/vscode/extension.ts";
import { FakeTelemetry } from "../support/vscode/fakeTelemetry.ts";

const OPTIONS: TelemetryOptions = {
	databaseFile: "/no/telemetry.db",
	eventsFile: "/no/events.jsonl",
	retentionDays: 90,
};
const ENDED: TelemetryTrouble = { reason: "failed", message: "out of memory" };
const FULL: TelemetryTrouble = { reason: "disk_full", message: "The disk is full." };

const noMemory = { keys: () => [], get: () => undefined, update: async () => {} };

describe("Telemetry in trouble", () => {
	let host: TelemetryHost;
	let opened: FakeTelemetry[];
	let steps: string[];

	beforeEach(() => {
		opened = [];
		steps = [];
		host = new TelemetryHost((options) => open(options));
	});

	afterEach(() => host.dispose());

	function open({ eventsFile }: TelemetryOptions): Telemetry {
		const name = eventsFile.slice("/no/".length);
		const telemetry = new FakeTelemetry(() => steps.push(`closed ${name}`));
		steps.push(`opened ${name}`);
		opened.push(telemetry);
		return telemetry;
	}

	it("is a warning in the status bar with its reason, for as long as it lasts", async () => {
		const { feed } = await activated();
		const stats = new StatsFeed(host, "calls");
		const statusBar = new StatusBar(feed);
		statusBar.follow(new RecordedLines(host, stats, new BudgetWatch(host, noMemory, [])));
		host.configure(OPTIONS);
		await eventually(() => opened.length === 1);
		opened[0]?.change(FULL);
		// What is read shows before what is wrong.
		await eventually(() => statusBar.isWarning && feed.status.phase === "live");
		await eventually(() => /^\$\(warning\) \d+ agents?/.test(statusBar.text));
		assert.match(statusBar.tooltip, /Trouble \(disk_full\): The disk is full\./);
		opened[0]?.change(null);
		await eventually(() => !statusBar.isWarning);
		assert.doesNotMatch(statusBar.tooltip, /Trouble/);
		statusBar.dispose();
		stats.dispose();
	});

	it("does not keep the window from starting when the telemetry can not", async () => {
		const broken = new TelemetryHost(() => {
			throw new Error("no threads");
		});
		broken.configure(OPTIONS);
		await eventually(() => broken.trouble !== null);
		assert.match(broken.trouble?.message ?? "", /no threads/);
		assert.throws(() => broken.required, isClosed);
		broken.dispose();
	});

	it("is started again when its thread has ended, a few times", async () => {
		const restarted = new TelemetryHost((options) => open(options), [1, 1]);
		const told: string[] = [];
		restarted.onDidChange(({ trouble }) => told.push(trouble?.message ?? "none"));
		restarted.configure(OPTIONS);
		for (const time of [1, 2, 3]) {
			await eventually(() => opened.length === time);
			const telemetry = opened.at(-1);
			telemetry?.end(ENDED);
			assert.throws(() => restarted.required, isClosed);
		}
		await eventually(() => restarted.trouble?.reason === "gave_up");
		assert.equal(restarted.role, "closed");
		assert.deepEqual(
			told.map((message) => /again|alone|none/.exec(message)?.[0]),
			["none", "again", "none", "again", "none", "alone"],
		);
		// Another database is another matter, and so is the same one when it is asked for anew.
		restarted.configure({ ...OPTIONS, eventsFile: "/no/b" });
		restarted.configure(OPTIONS);
		await eventually(() => opened.length === 4);
		assert.equal(restarted.trouble, null);
		restarted.dispose();
	});

	it("is not started again once another one is wanted, or none", async () => {
		const restarted = new TelemetryHost((options) => open(options), [1]);
		restarted.configure(OPTIONS);
		await eventually(() => opened.length === 1);
		restarted.configure({ ...OPTIONS, eventsFile: "/no/b" });
		opened[0]?.end(ENDED);
		await eventually(() => opened.length === 2);
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.equal(opened.length, 2);
		opened[1]?.end(ENDED);
		assert.match(restarted.trouble?.message ?? "", /started again/);
		const told: (string | null)[] = [];
		restarted.onDidChange(({ role, trouble }) => told.push(trouble?.reason ?? role));
		await restarted.close();
		assert.deepEqual([opened.length, restarted.trouble, told], [2, null, ["closed"]]);
		restarted.dispose();
	});

	it("reads no more history than the one before it, until the settings change", async () => {
		const restarted = new TelemetryHost((options) => open(options), [1, 1]);
		restarted.configure(OPTIONS);
		for (const time of [1, 2]) {
			await eventually(() => opened.length === time);
			if (time === 1) opened[0]?.tellTranscripts({ isHistoryStopped: true });
			opened.at(-1)?.end(ENDED);
		}
		await eventually(() => opened.length === 3);
		restarted.configure({ ...OPTIONS, eventsFile: "/no/b" });
		await eventually(() => opened.length === 4);
		const stops = opened.map(({ historyStops }) => historyStops);
		assert.deepEqual(stops, [0, 1, 1, 0]);
		restarted.dispose();
	});

	it("is over before another database is opened, and only the last wanted one is", async () => {
		host.configure(OPTIONS);
		await eventually(() => opened.length === 1);
		host.configure({ ...OPTIONS, eventsFile: "/no/b" });
		host.configure({ ...OPTIONS, eventsFile: "/no/c" });
		await eventually(() => opened.length === 2);
		await host.close();
		assert.deepEqual(steps, ["opened events.jsonl", "closed events.jsonl", "opened c", "closed c"]);
		assert.equal(host.current, null);
		assert.throws(() => host.required, isClosed);
	});
});

function isClosed(error: unknown): boolean {
	return error instanceof TelemetryError && error.reason === "closed";
}
