import assert from "node:assert/strict";
import { realClients } from "../support/client/clients/all.ts";
import { mixedRun, prove } from "../support/client/clients/proof.ts";

/** Those that are quick; `npm run test:clients` proves all, in all kinds of runs. */
const PROVED = ["Codex, in scripts", "Codex, by functions", "Copilot CLI, by patches"];

describe("Real clients beside Claude Code, told by their own files", () => {
	for (const title of PROVED) {
		const client = realClients.get(title) ?? assert.fail(title);

		it(`are right in agents, parents, calls, failures, tokens and ends: ${title}`, async function () {
			if (client.program() === undefined) this.skip();
			const { faults, counts } = await prove(client, mixedRun);
			assert.deepEqual(faults, []);
			const all = Object.values(counts).map(({ all: each }) => each);
			assert.ok(Math.min(...all) > 0, `something was not there to be judged: ${all}`);
		});
	}
});
