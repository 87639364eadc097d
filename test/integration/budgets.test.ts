import assert from "node:assert/strict";
import { BudgetWatch } from "../../src/extension/budgets/budgetWatch.ts";
import { TelemetryHost } from "../../src/extension/telemetry/telemetryHost.ts";
import type { BudgetState } from "../../src/insights/budgets/budgetStates.ts";
import { eventually } from "../support/vscode/extension.ts";
import { FakeTelemetry } from "../support/vscode/fakeTelemetry.ts";

const DAY_MS = 86_400_000;

/** A telemetry that knows what was spent. */
class SpendingTelemetry extends FakeTelemetry {
	spent = 0;
	asked = 0;

	override budgets = async (): Promise<BudgetState[]> => {
		this.asked++;
		const from = Date.now() - 1000;
		return [
			{
				budget: { per: "day", of: "usd", limit: 10 },
				period: { from, until: from + DAY_MS },
				spent: this.spent,
				isPartial: false,
			},
		];
	};
}

describe("The watch over budgets", () => {
	let telemetry: SpendingTelemetry;
	let host: TelemetryHost;
	let said: unknown;
	const memory = {
		keys: () => [],
		get: () => undefined,
		update: async (_key: string, value: unknown) => {
			said = value;
		},
	};

	beforeEach(async () => {
		said = undefined;
		telemetry = new SpendingTelemetry(() => {});
		host = new TelemetryHost(() => telemetry);
		host.configure({ databaseFile: "/no/t.db", eventsFile: "/no/e.jsonl", retentionDays: 90 });
		await eventually(() => host.current !== null);
	});
	afterEach(() => host.dispose());

	it("asks nothing where the setting names none", () => {
		const watch = new BudgetWatch(host, memory, [{ per: "year" }]);
		telemetry.change(null);
		assert.deepEqual([telemetry.asked, watch.lines, watch.words], [0, [], ""]);
		watch.dispose();
	});

	it("has a line for each, and words from 80 % on, which are said", async () => {
		const setting = [{ per: "day", usd: 10 }];
		telemetry.spent = 5;
		const calm = new BudgetWatch(host, memory, setting);
		await eventually(() => said !== undefined);
		assert.match(calm.lines[0] ?? "", /^Day's budget: 50 %, \$5\.00 of \$10\.00 left until /);
		assert.deepEqual([calm.words, said], ["", []]);
		calm.dispose();
		said = undefined;
		telemetry.spent = 8.2;
		const watch = new BudgetWatch(host, memory, setting);
		await eventually(() => said !== undefined);
		assert.equal(watch.words, "82 %");
		assert.equal((said as string[]).length, 1);
		watch.configure([]);
		assert.deepEqual([watch.lines, watch.words], [[], ""]);
		watch.dispose();
	});

	it("leaves it to the window that writes the database to say so", async () => {
		telemetry.role = "reader";
		telemetry.spent = 12;
		const watch = new BudgetWatch(host, memory, [{ per: "day", usd: 10 }]);
		await eventually(() => watch.words !== "");
		assert.equal(watch.words, "120 %");
		assert.equal(said, undefined);
		watch.dispose();
	});
});
