import { lastE2eResults, writeE2eRun } from "../e2e/e2eTable.ts";
import { sessionPage } from "../events/sessionEvents.ts";
import { detect } from "../learning/detection.ts";
import { decideProposal, readProposals } from "../learning/proposalTable.ts";
import { sequenceDetails } from "../learning/sequenceDetail.ts";
import { readSequences } from "../learning/sequenceTable.ts";
import { usualTimes } from "../queries/agentTimes.ts";
import { functionDetail, functionStats } from "../queries/queries.ts";
import { recordedSessions } from "../queries/sessionQueries.ts";
import { writeAndSave } from "../storage/file/databaseHost.ts";
import { readMeta, writeMeta } from "../storage/meta.ts";
import type { Answers } from "./requests.ts";
import type { TelemetryService } from "./telemetryService.ts";

/** What the service of a process says to each request. */
export function answersOf(service: TelemetryService): Answers {
	const { functions, insights, sources } = service;
	return {
		functionStats: (functionIds) => functionStats(service.store, functionIds),
		functionDetail: (functionId) => functionDetail(service.store, functionId),
		usualTimes: () => usualTimes(service.store),
		facts: (top) => service.facts(top),
		readAhead: (from) => insights.readAhead(from),
		insights: (query) => insights.insights(query),
		insightFunctions: (query) => insights.functions(query),
		insightSeries: (query, functionIds) => insights.series(query, functionIds),
		budgets: (budgets) => insights.budgets(budgets),
		insightCallsOf: (query) => insights.callsOf(query),
		insightCalls: (query) => insights.behind(query),
		insightFunction: (query, functionId) => insights.function(query, functionId),
		detectSequences: ({ proposes, thresholds }, task) =>
			service.exclusive(async () => {
				service.checkWriter();
				const checkWriter = () => service.checkWriter();
				const { store } = service;
				const now = service.now();
				const found = await detect({ ...task, store, proposes, thresholds, now, checkWriter });
				if (found.changedRows > 0) service.written(found.changedRows);
				return found;
			}),
		sequences: (limit = 1000) => readSequences(service.store, limit),
		sequenceDetail: (hash, { signal }) =>
			service.exclusive(async () => {
				const [detail = null] = await sequenceDetails(service.store, [hash], signal);
				return detail;
			}),
		sessions: (limit) => recordedSessions(service.store, limit),
		sessionPage: (session, cursor) => sessionPage(service.store, session, cursor),
		proposals: () => readProposals(service.store, service.now()),
		decideProposal: (hash, status) =>
			writeAndSave(service, (store) => Number(decideProposal(store, hash, status, service.now()))),
		recordE2e: (runs) =>
			writeAndSave(service, (store) => runs.flatMap((run) => writeE2eRun(store, run)).length),
		e2eResults: () => lastE2eResults(service.store),
		lastMaintenance: () => {
			const at = readMeta(service.store, "maintained_at");
			return at === null ? null : Number(at);
		},
		recordMaintenance: (at) =>
			writeAndSave(service, (store) => {
				writeMeta(store, "maintained_at", String(at));
				return 1;
			}),
		exportTo: (settings) => service.exports.use(settings),
		exportProgress: () => service.exports.progress,
		stopHistory: () => sources.stopHistory(),
		resumeHistory: () => sources.resumeHistory(),
		catchUp: () => service.catchUp(),
		snapshot: (what, task) => functions.take(what, task),
		clear: () => service.clear(),
		rebuild: (task) => service.rebuild(task),
	};
}
