/**
 * Every id that package.json and the code share. A test holds them against package.json both ways.
 */

const COMMAND_NAMES = [
	"openPanel",
	"showStatus",
	"installHooks",
	"uninstallHooks",
	"playDemo",
	"stopDemo",
	"openEventLog",
	"showLog",
	"revealAgent",
	"copyAgentId",
	"openTranscript",
	"openInsights",
	"openSession",
	"openSessionToSide",
	"openSessionTranscript",
	"copySessionId",
	"refreshSessions",
	"exportView",
	"exportSession",
	"filterSessions",
	"searchSessions",
	"clearSessionsFilter",
	"revealCallFile",
	"copyCallId",
	"sortStatsByCalls",
	"sortStatsByErrors",
	"sortStatsByErrorRate",
	"sortStatsByP95",
	"sortStatsByLastUsed",
	// The same with a check mark: a menu shows the one or the other.
	"keepStatsByCalls",
	"keepStatsByErrors",
	"keepStatsByErrorRate",
	"keepStatsByP95",
	"keepStatsByLastUsed",
	"filterStats",
	"clearStatsFilter",
	"toggleUnusedStats",
	"refreshStats",
	"showMoreStats",
	"copyStats",
	"openFunction",
	"exportStatistics",
	"clearTelemetry",
	"rebuildTelemetry",
	"snapshotFunctions",
	"compareVersions",
	"copyDatabasePath",
	"detectSequences",
	"proposeImprovements",
	"openSequence",
	"openProposal",
	"acceptProposal",
	"dismissProposal",
	"reopenProposal",
	"copyProposalPrompt",
	"copyProposalTask",
	"openProposalTask",
	"writeProposalSkill",
	"writeProposalCommand",
	"toggleProposals",
	"copyStreamUrl",
	"runE2eChecks",
	"runE2eCheck",
	"openE2eCheck",
	"refreshE2eChecks",
	"stopHistory",
	"resumeHistory",
	"setExportHeaders",
	"setReceiveToken",
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

export const commands = Object.fromEntries(
	COMMAND_NAMES.map((name) => [name, `agentLiveGraph.${name}`]),
) as { readonly [Name in CommandName]: `agentLiveGraph.${Name}` };

/** Section of every setting, and the settings below it. */
export const SETTINGS_SECTION = "agentLiveGraph";

export const settings = {
	eventsFile: "eventsFile",
	reapAfterMinutes: "reapAfterMinutes",
	transcriptsEnabled: "transcripts.enabled",
	transcriptsClients: "transcripts.clients",
	transcriptsFolders: "transcripts.folders",
	transcriptsReadHistory: "transcripts.readHistory",
	showOtherSessions: "showOtherSessions",
	reducedMotion: "reducedMotion",
	openOnStartup: "openOnStartup",
	demoOnStartup: "demoOnStartup",
	telemetryEnabled: "telemetry.enabled",
	telemetryRetentionDays: "telemetry.retentionDays",
	telemetryRules: "telemetry.rules",
	budgets: "budgets",
	registry: "registry",
	scheduleEnabled: "schedule.enabled",
	scheduleIntervalHours: "schedule.intervalHours",
	learningFixAbove: "learning.fixAbove",
	learningFixMinCalls: "learning.fixMinCalls",
	learningArchiveAfterDays: "learning.archiveAfterDays",
	learningReExtractBelow: "learning.reExtractBelow",
	learningValidatedAbove: "learning.validatedAbove",
	learningValidatedMinUses: "learning.validatedMinUses",
	learningPipelineMinSteps: "learning.pipelineMinSteps",
	learningPipelineMinMinutes: "learning.pipelineMinMinutes",
	learningPipelineMinSuccess: "learning.pipelineMinSuccess",
	exportEndpoint: "export.endpoint",
	exportProtocol: "export.protocol",
	exportTellUser: "export.tellUser",
	exportTellRepositories: "export.tellRepositories",
	streamEnabled: "stream.enabled",
	streamBind: "stream.bind",
	receiveEnabled: "receive.enabled",
	receiveBind: "receive.bind",
	permissionNotificationsAfterSeconds: "permissionNotifications.afterSeconds",
	doneNotificationsAgents: "doneNotifications.agents",
	doneNotificationsSessions: "doneNotifications.sessions",
} as const;

/** Keys for `when` clauses. */
export const contextKeys = {
	/** `missing`, `reading`, `ready` or `unreadable` */
	logState: "agentLiveGraph.logState",
	isDemo: "agentLiveGraph.isDemo",
	/** Hooks are installed in settings that sessions here read. */
	isHooked: "agentLiveGraph.isHooked",
	/** The graph is open in an editor. */
	isOpen: "agentLiveGraph.isOpen",
	/** `off`, `starting`, `empty`, `noMatch` or `listed` */
	statsState: "agentLiveGraph.statsState",
	/** One of SORT_KEYS. */
	statsSort: "agentLiveGraph.statsSort",
	isStatsFiltered: "agentLiveGraph.isStatsFiltered",
	areSessionsFiltered: "agentLiveGraph.areSessionsFiltered",
} as const;

export const views = {
	liveAgents: "agentLiveGraph.liveAgents",
	sessions: "agentLiveGraph.sessions",
	functionStats: "agentLiveGraph.functionStats",
	sequences: "agentLiveGraph.sequences",
	proposals: "agentLiveGraph.proposals",
	e2eChecks: "agentLiveGraph.e2eChecks",
} as const;

/** Type of the panel; the serializer is registered under the very same. */
export const PANEL_VIEW_TYPE = "agentLiveGraph.panel";

/** Type of the panels of sessions that are over, which a reload closes. */
export const PAST_PANEL_VIEW_TYPE = "agentLiveGraph.past";

/** Type of the page of figures. */
export const INSIGHTS_VIEW_TYPE = "agentLiveGraph.insights";

/** Scheme of both sides of a change to settings that has not been made. */
export const SETTINGS_PREVIEW_SCHEME = "agent-live-graph-settings";

/** Scheme of the read-only documents that the extension shows. */
export const DOCUMENT_SCHEME = "agent-live-graph";

/** Scheme of transcripts that are shown as documents. */
export const TRANSCRIPT_SCHEME = "agent-live-graph-transcript";
