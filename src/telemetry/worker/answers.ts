import { functionDetail, functionStats } from "../queries/queries.ts";
import type { Answers } from "./requests.ts";
import type { TelemetryService } from "./telemetryService.ts";

/** What the service of a process says to each request. */
export function answersOf(service: TelemetryService): Answers {
	const { learning, functions, upkeep, sources } = service;
	return {
		functionStats: (functionIds) => functionStats(service.store, functionIds),
		functionDetail: (functionId) => functionDetail(service.store, functionId),
		facts: (top) => service.facts(top),
		detectSequences: ({ proposes }, task) => learning.detect(proposes, task),
		sequences: (limit) => learning.sequences(limit),
		sequenceDetail: (hash, { signal }) => learning.detail(hash, signal),
		proposals: () => learning.proposals(),
		decideProposal: (hash, status) => learning.decide(hash, status),
		recordE2e: (runs) => upkeep.recordE2e(runs),
		e2eResults: () => upkeep.e2eResults(),
		lastMaintenance: () => upkeep.lastMaintenance(),
		recordMaintenance: (at) => upkeep.recordMaintenance(at),
		stopHistory: () => sources.stopHistory(),
		resumeHistory: () => sources.resumeHistory(),
		catchUp: () => service.catchUp(),
		snapshot: (what, task) => functions.take(what, task),
		clear: () => service.clear(),
		rebuild: (task) => service.rebuild(task),
	};
}
