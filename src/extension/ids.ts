/**
 * Every id that package.json and the code share. A test holds them against package.json both ways.
 */

export const commands = {
	openPanel: "agentLiveGraph.openPanel",
	showStatus: "agentLiveGraph.showStatus",
	installHooks: "agentLiveGraph.installHooks",
	uninstallHooks: "agentLiveGraph.uninstallHooks",
	playDemo: "agentLiveGraph.playDemo",
	stopDemo: "agentLiveGraph.stopDemo",
	openEventLog: "agentLiveGraph.openEventLog",
	showLog: "agentLiveGraph.showLog",
	revealAgent: "agentLiveGraph.revealAgent",
	copyAgentId: "agentLiveGraph.copyAgentId",
	openTranscript: "agentLiveGraph.openTranscript",
	openSession: "agentLiveGraph.openSession",
	openSessionTranscript: "agentLiveGraph.openSessionTranscript",
	refreshSessions: "agentLiveGraph.refreshSessions",
	revealCallFile: "agentLiveGraph.revealCallFile",
	sortStatsByCalls: "agentLiveGraph.sortStatsByCalls",
	sortStatsByErrors: "agentLiveGraph.sortStatsByErrors",
	sortStatsByErrorRate: "agentLiveGraph.sortStatsByErrorRate",
	sortStatsByP95: "agentLiveGraph.sortStatsByP95",
	sortStatsByLastUsed: "agentLiveGraph.sortStatsByLastUsed",
	// The same with a check mark: a menu shows the one or the other.
	keepStatsByCalls: "agentLiveGraph.keepStatsByCalls",
	keepStatsByErrors: "agentLiveGraph.keepStatsByErrors",
	keepStatsByErrorRate: "agentLiveGraph.keepStatsByErrorRate",
	keepStatsByP95: "agentLiveGraph.keepStatsByP95",
	keepStatsByLastUsed: "agentLiveGraph.keepStatsByLastUsed",
	filterStats: "agentLiveGraph.filterStats",
	clearStatsFilter: "agentLiveGraph.clearStatsFilter",
	refreshStats: "agentLiveGraph.refreshStats",
	showMoreStats: "agentLiveGraph.showMoreStats",
	copyStats: "agentLiveGraph.copyStats",
	openFunction: "agentLiveGraph.openFunction",
	exportStatistics: "agentLiveGraph.exportStatistics",
	clearTelemetry: "agentLiveGraph.clearTelemetry",
	rebuildTelemetry: "agentLiveGraph.rebuildTelemetry",
	snapshotFunctions: "agentLiveGraph.snapshotFunctions",
	compareVersions: "agentLiveGraph.compareVersions",
	copyDatabasePath: "agentLiveGraph.copyDatabasePath",
	detectSequences: "agentLiveGraph.detectSequences",
	proposeImprovements: "agentLiveGraph.proposeImprovements",
	openSequence: "agentLiveGraph.openSequence",
	openProposal: "agentLiveGraph.openProposal",
	acceptProposal: "agentLiveGraph.acceptProposal",
	dismissProposal: "agentLiveGraph.dismissProposal",
	reopenProposal: "agentLiveGraph.reopenProposal",
	copyProposalPrompt: "agentLiveGraph.copyProposalPrompt",
	copyProposalTask: "agentLiveGraph.copyProposalTask",
	copyStreamUrl: "agentLiveGraph.copyStreamUrl",
	runE2eChecks: "agentLiveGraph.runE2eChecks",
	runE2eCheck: "agentLiveGraph.runE2eCheck",
	openE2eCheck: "agentLiveGraph.openE2eCheck",
	refreshE2eChecks: "agentLiveGraph.refreshE2eChecks",
	stopHistory: "agentLiveGraph.stopHistory",
	resumeHistory: "agentLiveGraph.resumeHistory",
} as const;

export type CommandName = keyof typeof commands;

/** Section of every setting, and the settings below it. */
export const SETTINGS_SECTION = "agentLiveGraph";

export const settings = {
	eventsFile: "eventsFile",
	reapAfterMinutes: "reapAfterMinutes",
	transcriptsEnabled: "transcripts.enabled",
	transcriptsFolders: "transcripts.folders",
	transcriptsReadHistory: "transcripts.readHistory",
	showOtherSessions: "showOtherSessions",
	reducedMotion: "reducedMotion",
	openOnStartup: "openOnStartup",
	demoOnStartup: "demoOnStartup",
	telemetryEnabled: "telemetry.enabled",
	telemetryRetentionDays: "telemetry.retentionDays",
	telemetryRules: "telemetry.rules",
	registry: "registry",
	scheduleEnabled: "schedule.enabled",
	scheduleIntervalHours: "schedule.intervalHours",
	streamEnabled: "stream.enabled",
	streamBind: "stream.bind",
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

/** Scheme of both sides of a change to settings that has not been made. */
export const SETTINGS_PREVIEW_SCHEME = "agent-live-graph-settings";

/** Scheme of the read-only documents that the extension shows. */
export const DOCUMENT_SCHEME = "agent-live-graph";

/** Scheme of transcripts that are shown as documents. */
export const TRANSCRIPT_SCHEME = "agent-live-graph-transcript";
