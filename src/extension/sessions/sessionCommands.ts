import * as vscode from "vscode";
import type { FeedSources } from "../../live/graphSource.ts";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { PastFeed } from "../../live/pastFeed.ts";
import { type PastArchive, type PastOrigin, pastOriginOf } from "../../live/pastOrigin.ts";
import type { StartReading } from "../../live/reading/transcriptReading.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";
import type { CommandName } from "../ids.ts";
import type { PanelHost } from "../panel/graphPanel.ts";
import type { PanelRegistry } from "../panel/panelRegistry.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { callSources } from "../transcripts/transcriptCommands.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import { askFilter, askText } from "./askSessions.ts";
import { pagesOf } from "./sessionPages.ts";
import type { SessionsQuery } from "./sessionsQuery.ts";
import type { SessionsTree } from "./sessionsTree.ts";
import { sessionLabel } from "./sessionText.ts";

export interface SessionTargets {
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly panelHost: PanelHost;
	readonly sessions: SessionsTree;
	readonly query: SessionsQuery;
	readonly transcripts: TranscriptDocuments;
	readonly telemetry: TelemetryHost;
	readonly databaseFile: string;
	readonly startReading: StartReading;
	readonly transcriptFolders: () => readonly string[];
	readonly eventsFile: () => string;
}

type SessionCommand =
	| "openSession"
	| "openSessionToSide"
	| "openSessionTranscript"
	| "copySessionId"
	| "refreshSessions"
	| "filterSessions"
	| "searchSessions"
	| "clearSessionsFilter";

/** What can be done with a session that is over. */
export function sessionHandlers(
	targets: SessionTargets,
): Record<Extract<CommandName, SessionCommand>, (row: unknown) => unknown> {
	return {
		openSession: (row) => openSession(targets, row as RecordedSession),
		openSessionToSide: (row) =>
			openSession(targets, row as RecordedSession, vscode.ViewColumn.Beside),
		openSessionTranscript: (row) => {
			const { id } = row as RecordedSession;
			const whose = { session: id, agent: "", call: "", name: "session" };
			return targets.transcripts.open([{ ...whose, isOver: true }]);
		},
		copySessionId: (row) => vscode.env.clipboard.writeText((row as RecordedSession).id),
		refreshSessions: () => targets.sessions.refresh(),
		filterSessions: () => askFilter(targets.sessions, targets.query),
		searchSessions: (text) =>
			typeof text === "string" ? targets.sessions.search(text) : askText(targets.sessions),
		clearSessionsFilter: () => targets.sessions.clear(),
	};
}

/** Shows a session as it went, from whatever is left of it; the panel says what that is. */
async function openSession(
	targets: SessionTargets,
	session: RecordedSession,
	column = vscode.ViewColumn.Active,
): Promise<void> {
	const { feed, panels, panelHost, transcripts } = targets;
	const [{ prompt }, sources] = await Promise.all([
		targets.sessions.beginningOf(session.id),
		pastSourcesOf(targets, session.id),
	]);
	const open = () => {
		const past = new PastFeed({
			...sources,
			session: session.id,
			settings: feed.settings,
			keyPrefix: "g0n",
		});
		return { feed: past, host: { ...panelHost, ...callSources(past, transcripts) } };
	};
	panels.openPast(session.id, sessionLabel(session, prompt).slice(0, 40), open, column);
}

/** What tells most of a session that is over, and where that is. */
export async function pastSourcesOf(
	targets: SessionTargets,
	session: string,
): Promise<FeedSources & { readonly origin: PastOrigin }> {
	const origin = await pastOriginOf(archiveOf(targets), session);
	const transcriptFolders = placesOf(targets, origin);
	return { origin, eventsFile: targets.eventsFile(), transcriptFolders };
}

function archiveOf({
	eventsFile,
	telemetry,
	transcripts,
	startReading,
}: SessionTargets): PastArchive {
	return {
		startReading,
		hasTranscript: (session) => transcripts.has(session),
		eventsInDatabase: (session) => pagesOf(telemetry.current, session),
		eventsFile: eventsFile(),
	};
}

function placesOf(targets: SessionTargets, { kind }: PastOrigin): readonly string[] {
	if (kind === "transcripts") return targets.transcriptFolders();
	return [kind === "database" ? targets.databaseFile : targets.eventsFile()];
}
