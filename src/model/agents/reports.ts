import type { Fact } from "./facts.ts";

/** All that was told of the end which one call waited for. */
export interface Report {
	readonly call: string;
	at: number;
	hasFailed: boolean;
	/** Somebody stopped the agent, or its process ended. */
	isStopped: boolean;
	/** The launching call itself was cut off. */
	isCutOff: boolean;
	verdict: Fact | null;
	isTaken: boolean;
}

/** What is told of each call's end, by whom and how often it may be, the earliest first. */
export function reportsIn(facts: readonly Fact[]): Report[] {
	const byCall = new Map<string, Report>();
	for (const fact of facts) {
		if (fact.kind !== "report") continue;
		let report = byCall.get(fact.call);
		if (report === undefined) {
			report = {
				call: fact.call,
				at: fact.at,
				hasFailed: false,
				isStopped: false,
				isCutOff: false,
				verdict: null,
				isTaken: false,
			};
			byCall.set(fact.call, report);
		}
		addTo(report, fact);
	}
	return [...byCall.values()];
}

function addTo(report: Report, fact: Fact): void {
	const { status } = fact;
	report.isStopped ||= status === "killed" || status === "stopped";
	if (status === "launch:interrupted" || status === "launch:denied") report.isCutOff = true;
	else report.hasFailed ||= status === "failed" || status.startsWith("launch:");
	if (fact.outcome !== null) report.verdict = fact;
}
