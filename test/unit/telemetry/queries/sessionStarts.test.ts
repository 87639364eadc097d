import assert from "node:assert/strict";
import { usageFigures } from "../../../../src/insights/usageFigures.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { loadUsage } from "../../../../src/telemetry/insights/loadColumns.ts";
import { recordedSessions } from "../../../../src/telemetry/queries/sessionQueries.ts";
import { startedSessions } from "../../../../src/telemetry/queries/sessionStarts.ts";
import { head, STARTED_SESSION, T0 } from "../../../support/startedSession.ts";
import { storeOf } from "../../../support/telemetry/telemetry.ts";

const LATER: AgentEvent = { event: "prompt", ...head("codex", "inner", 40) };

describe("Sessions in the database that a call of another one started", () => {
	it("are those that the graph finds, in any batches", async () => {
		const inner = STARTED_SESSION.filter(({ session }) => session === "inner");
		const outer = STARTED_SESSION.filter(({ session }) => session === "outer");
		for (const batches of [[STARTED_SESSION], [inner, outer], [outer, inner]]) {
			assert.deepEqual([...startedSessions(await storeOf(batches))], [["inner", "outer"]]);
		}
		assert.deepEqual([...startedSessions(await storeOf([STARTED_SESSION, [LATER]]))], []);
	});

	it("count in what their starters cost, and once in all", async () => {
		const store = await storeOf([STARTED_SESSION]);
		const told = recordedSessions(store).map(({ id, client, startedBy, tokens, costUsd }) => [
			id,
			client,
			startedBy,
			tokens,
			costUsd,
		]);
		assert.deepEqual(told, [
			["inner", "codex", "outer", 11, 0.5],
			["outer", "claude-code", null, 22, 1.5],
		]);
		const columns = await loadUsage(store, (cwd) => cwd, 0);
		const period = { from: T0, until: T0 + 3_600_000 };
		const costs = (session?: string) => {
			const { total, sessions } = usageFigures(columns, period, { session }, "hour");
			return [total.costUsd, sessions.map(({ name, costUsd }) => `${name} ${costUsd}`)];
		};
		assert.deepEqual(costs(), [1.5, ["outer 1.5", "inner 0.5"]]);
		assert.deepEqual(costs("inner"), [0.5, ["inner 0.5"]]);
		assert.deepEqual(costs("outer"), [1.5, ["outer 1.5", "inner 0.5"]]);
	});
});
