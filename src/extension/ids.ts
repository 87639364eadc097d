/**
 * Every id that package.json and the code share. A test holds them against package.json both ways.
 */

export const EXTENSION_ID = "agent-live-graph.agent-live-graph";

export const commands = {
	openPanel: "agentLiveGraph.openPanel",
	showStatus: "agentLiveGraph.showStatus",
	installHooks: "agentLiveGraph.installHooks",
	playDemo: "agentLiveGraph.playDemo",
	stopDemo: "agentLiveGraph.stopDemo",
	openEventLog: "agentLiveGraph.openEventLog",
	showLog: "agentLiveGraph.showLog",
	revealAgent: "agentLiveGraph.revealAgent",
	copyAgentId: "agentLiveGraph.copyAgentId",
} as const;

export type CommandName = keyof typeof commands;

/** Section of every setting, and the settings below it. */
export const SETTINGS_SECTION = "agentLiveGraph";

export const settings = {
	eventsFile: "eventsFile",
	reapAfterMinutes: "reapAfterMinutes",
	showOtherSessions: "showOtherSessions",
	reducedMotion: "reducedMotion",
	openOnStartup: "openOnStartup",
	demoOnStartup: "demoOnStartup",
} as const;

/** Keys for `when` clauses. */
export const contextKeys = {
	/** `missing`, `reading`, `ready` or `unreadable` */
	logState: "agentLiveGraph.logState",
	isDemo: "agentLiveGraph.isDemo",
} as const;

export const views = {
	liveAgents: "agentLiveGraph.liveAgents",
} as const;

/** Type of the panel; the serializer is registered under the very same. */
export const PANEL_VIEW_TYPE = "agentLiveGraph.panel";

/** Scheme of the read-only documents that the extension shows. */
export const DOCUMENT_SCHEME = "agent-live-graph";
