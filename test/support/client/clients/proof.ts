import { readHome } from "./found.ts";
import type { RealClient, Start } from "./realClient.ts";
import { RealRun } from "./realRun.ts";
import { asking, cut, deep, mixed, type Scenario, twice } from "./scenario.ts";
import { judge, type Verdict } from "./verdict.ts";

/** A kind of run that a client is proved on. */
export interface ProvedRun {
	/** As the table of the proof calls it. */
	readonly title: string;
	readonly scenario: Scenario;
	/** How the session goes on with the task `again`; absent where it does not. */
	readonly goesOn?: Exclude<Start, "new">;
	/** What ends the client while an agent is at work in it. */
	readonly endedBy?: "SIGINT" | "SIGKILL";
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
	{ title: "tools of a server", scenario: asking },
	{ title: "interrupted at work", scenario: cut, endedBy: "SIGINT" },
	{ title: "killed at work", scenario: cut, endedBy: "SIGKILL" },
];

/** How long a client that is ended is at work in the call that it never ends, ms. */
const AT_WORK_MS = 5000;

/** Whether a client has what a run needs. */
export function canRun(client: RealClient, { scenario, goesOn, endedBy }: ProvedRun): boolean {
	const { starts, nests } = client;
	const [first] = scenario.main?.turns.flat() ?? [];
	if (first === undefined || client.tell(first, { project: "" }) === null) return false;
	return (
		(goesOn === undefined || starts.includes(goesOn)) && (endedBy === undefined || nests !== null)
	);
}

/** Lets a client do a run in a home of its own, and judges what is read of it then. */
export async function prove(client: RealClient, proved: ProvedRun): Promise<Verdict> {
	const { scenario, goesOn, endedBy } = proved;
	const run = new RealRun(client);
	try {
		const ended = { task: "long", afterMs: AT_WORK_MS };
		await run.play(scenario, endedBy === undefined ? {} : { ended: { ...ended, by: endedBy } });
		if (goesOn !== undefined) await run.play(scenario, { task: "again", start: goesOn });
		const exitedAt = Date.now();
		return judge(readHome(run.home, client.name), {
			client,
			scenario,
			sessions: sessionsOf(goesOn),
			project: run.project,
			answered: run.answered,
			exitedAt,
			endedBy,
		});
	} finally {
		run.dispose();
	}
}

function sessionsOf(goesOn: ProvedRun["goesOn"]): string[][] {
	if (goesOn === undefined) return [["main"]];
	return goesOn === "resume" ? [["main", "again"]] : [["main"], ["again"]];
}
