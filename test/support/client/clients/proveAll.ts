// `npm run test:clients`: every client in every kind of run. --write puts the table into docs/clients.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../clientRun.ts";
import { realClients } from "./all.ts";
import { canRun, prove, provedRuns } from "./proof.ts";
import { withProof } from "./proofTable.ts";
import type { RealClient } from "./realClient.ts";
import { ASPECTS, type Verdict } from "./verdict.ts";

const DOCUMENT = join(repository, "docs", "clients.md");

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const rows: string[][] = [];
let isRight = true;
for (const [title, client] of realClients) {
	if (chosen.length > 0 && !chosen.some((name) => title.startsWith(name))) continue;
	for (const run of provedRuns.filter((each) => canRun(client, each))) {
		const verdict = await verdictOf(client, run);
		isRight &&= verdict.faults.length === 0;
		const cells = ASPECTS.map((aspect) => {
			const { right, all } = verdict.counts[aspect];
			return all === 0 ? "" : `${right} of ${all}`;
		});
		rows.push([title, client.version, run.title, ...cells]);
		console.log(rows.at(-1)?.join(" | "));
		for (const fault of verdict.faults) console.log(`  ${fault}`);
	}
}
if (process.argv.includes("--write")) {
	writeFileSync(DOCUMENT, withProof(readFileSync(DOCUMENT, "utf8"), rows));
}
process.exitCode = isRight ? 0 : 1;

/** A run that ends badly is nothing right, and goes on with the next. */
async function verdictOf(client: RealClient, run: (typeof provedRuns)[number]): Promise<Verdict> {
	try {
		return await prove(client, run);
	} catch (error) {
		const none = { right: 0, all: 0 };
		const counts = Object.fromEntries(ASPECTS.map((aspect) => [aspect, none]));
		return { counts: counts as Verdict["counts"], faults: [String(error)] };
	}
}
