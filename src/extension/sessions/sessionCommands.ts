import type { LiveFeed } from "../../live/liveFeed.ts";
import { PastFeed } from "../../live/pastFeed.ts";
import type { StartReading } from "../../live/transcriptReading.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";
import type { CommandName } from "../ids.ts";
import type { PanelHost } from "../panel/graphPanel.ts";
import type { PanelRegistry } from "../panel/panelRegistry.ts";
import { callSources } from "../transcripts/transcriptCommands.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import type { SessionsTree } from "./sessionsTree.ts";
import { sessionLabel } from "./sessionText.ts";

export interface SessionTargets {
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly panelHost: PanelHost;
	readonly sessions: SessionsTree;
	readonly transcripts: TranscriptDocuments;
	readonly startReading: StartReading;
	readonly transcriptFolders: () => readonly string[];
	readonly eventsFile: () => string;
}

type SessionCommand = "openSession" | "openSessionTranscript" | "refreshSessions";

/** What can be done with a session that is over. */
export function sessionHandlers(
	targets: SessionTargets,
): Record<Extract<CommandName, SessionCommand>, (row: unknown) => unknown> {
	return {
		openSession: (row) => openSession(targets, row as RecordedSession),
		openSessionTranscript: (row) => {
			const { id } = row as RecordedSession;
			const whose = { session: id, agent: "", call: "", name: "session" };
			return targets.transcripts.open([{ ...whose, isOver: true }]);
		},
		refreshSessions: () => targets.sessions.refresh(),
	};
}

/** Shows a session as it went; where no transcript is left, the message says so. */
async function openSession(targets: SessionTargets, session: RecordedSession): Promise<void> {
	const prompt = await targets.transcripts.promptOf(session.id);
	const { feed, panels, panelHost, startReading, transcripts } = targets;
	panels.openPast(session.id, sessionLabel(session, prompt).slice(0, 40), () => {
		const past = new PastFeed({
			session: session.id,
			eventsFile: targets.eventsFile(),
			transcriptFolders: targets.transcriptFolders(),
			settings: feed.settings,
			startReading,
			keyPrefix: "g0n",
		});
		return { feed: past, host: { ...panelHost, ...callSources(past, transcripts) } };
	});
}
