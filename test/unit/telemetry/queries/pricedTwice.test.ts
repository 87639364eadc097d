import assert from "node:assert/strict";
import { usageEvent } from "../../../../src/ingest/kit/usageEvent.ts";
import { pi } from "../../../../src/ingest/pi/piClient.ts";
import { otherPriceText } from "../../../../src/telemetry/queries/costText.ts";
import { recordedSessions } from "../../../../src/telemetry/queries/sessionQueries.ts";
import { usageFacts } from "../../../../src/telemetry/queries/usageQueries.ts";
import { head } from "../../../support/startedSession.ts";
import { NOW, storeOf } from "../../../support/telemetry/telemetry.ts";

const TOKENS = { model: "m", tokensIn: 10, tokensOut: 1, cacheRead: 0, cacheWrite: 0 };

function spent(
	session: string,
	message: string,
	ownCostUsd: number | null,
	listUsd: number | null,
) {
	return usageEvent(
		{ head: head(pi(() => null).name, session, 1), message, ...TOKENS, ownCostUsd },
		() => listUsd,
	);
}

describe("A cost that a client records itself", () => {
	it("is what counts, and stands beside the price list's", async () => {
		const store = await storeOf([
			[
				spent("s", "a", 1, 2),
				spent("s", "b", null, 4),
				spent("s", "c", 8, null),
				spent("t", "d", 16, 16),
			],
		]);
		const [client] = usageFacts(store, NOW).clients;
		assert.deepEqual([client?.costUsd, client?.ownUsd, client?.listUsd], [29, 17, 18]);
		const sessions = recordedSessions(store).map(({ id, ...each }) => [
			id,
			each.costUsd,
			otherPriceText(each),
		]);
		assert.deepEqual(sessions.sort(), [
			["s", 13, "$1.00 by the client, $2.00 by the price list"],
			["t", 16, ""],
		]);
	});

	it("is told apart from the list's by more than one in a hundred", () => {
		assert.equal(otherPriceText({ ownUsd: 100, listUsd: 99.01 }), "");
		assert.notEqual(otherPriceText({ ownUsd: 100, listUsd: 98.9 }), "");
		assert.equal(otherPriceText({ ownUsd: null, listUsd: 3 }), "");
	});
});
