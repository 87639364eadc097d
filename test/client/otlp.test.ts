import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readReceived } from "../../src/ingest/otlp/receivedFigures.ts";
import { OtlpReceiver } from "../../src/receive/otlpReceiver.ts";
import { repository } from "../support/client/clientRun.ts";
import { realClients } from "../support/client/clients/all.ts";
import { readHome } from "../support/client/clients/found.ts";
import type { RealClient } from "../support/client/clients/realClient.ts";
import { RealRun } from "../support/client/clients/realRun.ts";
import { mixed } from "../support/client/clients/scenario.ts";
import { judge } from "../support/client/clients/verdict.ts";
import { tellingOtlp } from "../support/client/otlp/tellingOtlp.ts";

/** What a client does not tell over OTLP, by the faults that come of it alone. */
const NOT_TOLD: Readonly<Record<string, { error(told: string): string; faults: RegExp }>> = {
	"Claude Code": {
		error: (told) => (told.startsWith("exit_") ? "command_failed" : told),
		// Lines that were written.
		faults: / wrote .*, not null$/,
	},
	"Codex, in scripts": {
		error: (told) => told,
		// What an agent came to, besides.
		faults: / wrote .*, not null$|^ends: \w+ ended at \d+ as null,/,
	},
	"Codex, by functions": {
		error: (told) => told,
		// The end of an agent that nobody waited for, besides.
		faults: / wrote .*, not null$|^ends: left ended at null/,
	},
	"Copilot CLI, by tools": { error: (told) => told, faults: / wrote .*, not null$/ },
};

/** The live graph of a home as the program prints it. */
function graphOf(home: string): string[] {
	const env = { HOME: home, PATH: process.env.PATH };
	const program = join(repository, "dist", "cli.js");
	const printed = execFileSync(process.execPath, [program, "graph"], { env, encoding: "utf8" });
	return printed.split("\n").sort();
}

for (const [title, { error, faults: expected }] of Object.entries(NOT_TOLD)) {
	describe(`The real client that sends what it does over OTLP: ${title}`, () => {
		const client = realClients.get(title) ?? assert.fail(title);
		let run: RealRun;
		let eventsFile: string;
		let exitedAt: number;

		before(async function () {
			if (client.program() === undefined) this.skip();
			const folder = mkdtempSync(join(tmpdir(), "agent-live-graph-otlp-"));
			eventsFile = join(folder, ".claude", "memory", "agent-events.jsonl");
			const receiver = await OtlpReceiver.start({
				bind: "127.0.0.1:0",
				token: "",
				eventsFile,
				priceOf: () => null,
				note: (text) => assert.fail(text),
			});
			run = new RealRun(tellingOtlp(client, receiver.origin, true));
			await run.play(mixed);
			exitedAt = Date.now();
			await receiver.close();
		});
		after(() => {
			run?.dispose();
			if (eventsFile !== undefined) rmSync(join(eventsFile, "../../.."), { recursive: true });
		});

		const verdictOf = (home: string, judged: RealClient) =>
			judge(readHome(home, client.name), {
				client: judged,
				scenario: mixed,
				sessions: [["main"]],
				project: run.project,
				answered: run.answered,
				exitedAt,
			});

		it("is seen without any of its files: agents, parents, calls, failures, tokens and ends", () => {
			const home = join(eventsFile, "../../..");
			const { faults, counts } = verdictOf(home, {
				...client,
				tell(step, place) {
					const told = client.tell(step, place);
					if (told === null || told.call.error === null) return told;
					return { ...told, call: { ...told.call, error: error(told.call.error) } };
				},
			});
			assert.deepEqual(
				faults.filter((fault) => !expected.test(fault)),
				[],
			);
			assert.ok(Math.min(...Object.values(counts).map(({ all }) => all)) > 0);
		});

		it("counts once what its own files tell as well", () => {
			const alone = graphOf(run.home);
			const memory = join(run.home, ".claude", "memory");
			mkdirSync(memory, { recursive: true });
			cpSync(eventsFile, join(memory, "agent-events.jsonl"));
			const { faults } = verdictOf(run.home, client);
			assert.deepEqual(faults, []);
			assert.deepEqual(graphOf(run.home), alone);
		});

		it("sent prompts, arguments and outputs, of which nothing was written", () => {
			const kept = readFileSync(eventsFile, "utf8");
			for (const word of [
				"TASK:",
				"nowhere",
				"a step",
				run.home,
				"All done",
				"So far",
				"line one",
			]) {
				assert.ok(!kept.includes(word), word);
			}
		});

		it("sent nothing that was not known", () => {
			assert.deepEqual(readReceived(eventsFile)?.unknown, {});
		});
	});
}
