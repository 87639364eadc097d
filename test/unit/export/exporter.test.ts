import assert from "node:assert/strict";
import { startExport } from "../../../src/export/exporter.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { type ExportSettings, notTakenText } from "../../../src/telemetry/worker/exporter.ts";
import { ExportHost } from "../../../src/telemetry/worker/exportHost.ts";
import { Collector } from "../../support/export/collector.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { eventsOf, NOW, storeOf } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const DAY_MS = 86_400_000;

function calls(session: string, count: number): object[] {
	const log = new EventLog(session);
	for (let index = 0; index < count; index++) {
		const about = { id: `${session}-${index}`, tool: "Bash", program: "git" };
		const isRight = index % 4 !== 0;
		log.add("tool_result", {
			...about,
			success: isRight,
			error_class: isRight ? undefined : "exit_1",
			duration_ms: 1500,
		});
	}
	return log.add("session_end", { reason: "exit" }).events;
}

describe("The exporter within the telemetry's thread", () => {
	const folder = useTempFolder();
	let collector: Collector;
	let settings: ExportSettings;
	let store: TelemetryStore;
	let isWriter: boolean;
	beforeEach(async () => {
		collector = new Collector();
		const endpoint = await collector.start();
		settings = { endpoint, version: "1.2.3", tellsUser: false, tellsRepositories: false };
		store = await storeOf([eventsOf(calls("a", 8))]);
		isWriter = true;
	});
	afterEach(() => collector.stop());

	/** Started before all that the store holds. */
	const source = () => {
		const times = [0];
		return {
			databaseFile: folder.file("t.db"),
			store: () => store,
			isWriter: () => isWriter,
			written: () => 1,
			now: () => times.shift() ?? NOW + DAY_MS,
		};
	};

	it("is loaded when it is turned on, and not before", async () => {
		let loads = 0;
		const host = new ExportHost(source(), () => {
			loads++;
			return { startExport, exportOnce: () => Promise.reject(new Error("not asked")) };
		});
		await host.use(null);
		assert.deepEqual([loads, host.progress], [0, null]);
		await host.use(settings);
		assert.equal(loads, 1);
		await collector.until(() => host.progress?.spans === 9);
		await host.use(null);
		assert.equal(host.progress, null);
	});

	it("tells in a sentence what makes no sense, and goes on with none", async () => {
		const host = new ExportHost(source(), () => {
			return { startExport, exportOnce: () => Promise.reject(new Error("not asked")) };
		});
		await assert.rejects(host.use({ ...settings, endpoint: "nowhere" }), /no address that begins/);
		assert.equal(host.progress, null);
	});

	it("sends metrics of what happened since it began, cumulative", async () => {
		const exporting = startExport(source(), settings, {});
		await collector.until(() => collector.metrics.length > 0);
		await exporting.dispose();
		const [metrics = []] = collector.metrics;
		const byName = new Map(metrics.map((metric) => [metric.name, metric]));
		const points = byName.get("gen_ai.client.operation.duration")?.exponentialHistogram?.dataPoints;
		const sums = points?.map(({ attributes, count, sum }) => {
			const error = attributes.find(({ key }) => key === "error.type")?.value.stringValue;
			return [error, Number(count), sum];
		});
		assert.deepEqual(sums, [
			[undefined, 6, 9],
			["exit_1", 2, 3],
		]);
		const errors = byName.get("agent_live_graph.errors")?.sum;
		assert.equal(errors?.isMonotonic, true);
		assert.equal(Number(errors?.dataPoints[0]?.asInt), 2);
	});

	it("sends many metrics in requests of less than 1 MiB, and counts what is not taken of them", async () => {
		const log = new EventLog("many");
		const tools = Array.from({ length: 6000 }, (_, index) => `tool_${index}_${"x".repeat(40)}`);
		for (const tool of tools)
			log.add("tool_result", { id: tool, tool, success: true, duration_ms: 9 });
		store = await storeOf([eventsOf(log.events)]);
		collector.metricsRejected = 3;
		const exporting = startExport(source(), { ...settings, protocol: "http/json" }, {});
		await collector.until(() => exporting.progress().sentAt !== null);
		await exporting.dispose();
		const names = collector.metrics
			.flat()
			.filter(({ name }) => name === "gen_ai.client.operation.duration")
			.flatMap(({ exponentialHistogram }) => exponentialHistogram?.dataPoints ?? [])
			.map(({ attributes }) => attributes.find(({ key }) => key === "gen_ai.tool.name")?.value);
		assert.deepEqual(names.map((name) => String(name?.stringValue)).sort(), [...tools].sort());
		assert.ok(collector.metrics.length > 1);
		assert.ok(collector.largest < 1 << 20, String(collector.largest));
		const { rejected, rejectedPoints } = exporting.progress();
		assert.deepEqual([rejected, rejectedPoints], [0, 3 * collector.metrics.length]);
		assert.equal(notTakenText(exporting.progress()), `${rejectedPoints} points of metrics`);
	});

	it("leaves it to the process that writes", async () => {
		isWriter = false;
		const exporting = startExport(source(), settings, {});
		await new Promise((resolve) => setTimeout(resolve, 50));
		await exporting.dispose();
		assert.equal(collector.bodies.length, 0);
	});

	it("says who refuses it for good", async () => {
		collector.behaviours.push({ status: 401 });
		const exporting = startExport(source(), settings, {});
		await collector.until(() => exporting.progress().trouble !== null);
		assert.match(String(exporting.progress().trouble), /answers 401; given up/);
		await exporting.dispose();
	});
});
