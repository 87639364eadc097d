import { readHome } from "./found.ts";
import type { RealClient, Start } from "./realClient.ts";
import { RealRun } from "./realRun.ts";
import { cut, deep, mixed, type Scenario, twice } from "./scenario.ts";
import { judge, type Verdict } from "./verdict.ts";

/** A kind of run that a client is proved on. */
export interface ProvedRun {
	/** As the table of the proof calls it. */
	readonly title: string;
	readonly scenario: Scenario;
	/** How the session goes on with the task `again`; absent where it does not. */
	readonly goesOn?: Exclude<Start, "new">;
	readonly isCutOff?: boolean;
}

export const mixedRun: ProvedRun = {
	title: "nested, parallel, failing, writing",
	scenario: mixed,
};

export const provedRuns: readonly ProvedRun[] = [
	mixedRun,
	{ title: "three levels, several at once", scenario: deep },
	{ title: "taken up again", scenario: twice, goesOn: "resume" },
	{ title: "forked", scenario: twice, goesOn: "fork" },
	{ title: "killed at work", scenario: cut, isCutOff: true },
];

/** How long a killed client is at work in the call that it never ends, ms. */
const AT_WORK_MS = 5000;

/** Whether a client has what a run needs. */
export function canRun({ starts, nests }: RealClient, { goesOn, isCutOff }: ProvedRun): boolean {
	return (goesOn === undefined || starts.includes(goesOn)) && (isCutOff !== true || nests !== null);
}

/** Lets a client do a run in a home of its own, and judges what is read of it then. */
export async function prove(client: RealClient, proved: ProvedRun): Promise<Verdict> {
	const { scenario, goesOn, isCutOff = false } = proved;
	const run = new RealRun(client);
	try {
		await run.play(scenario, isCutOff ? { killed: { task: "long", afterMs: AT_WORK_MS } } : {});
		if (goesOn !== undefined) await run.play(scenario, { task: "again", start: goesOn });
		const exitedAt = Date.now();
		return judge(readHome(run.home, client.name), {
			client,
			scenario,
			sessions: sessionsOf(goesOn),
			project: run.project,
			answered: run.answered,
			exitedAt,
		});
	} finally {
		run.dispose();
	}
}

function sessionsOf(goesOn: ProvedRun["goesOn"]): string[][] {
	if (goesOn === undefined) return [["main"]];
	return goesOn === "resume" ? [["main", "again"]] : [["main"], ["again"]];
}
