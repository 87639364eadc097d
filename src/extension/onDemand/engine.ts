// Entry of a bundle of its own: what a window with a closed panel does not need until it is asked for.

import { DemoPlayer } from "../../live/demo/demoPlayer.ts";
import { recordSession } from "../../live/recording/recordSession.ts";
import { AppsFeed } from "../apps/appsFeed.ts";
import { ChecksTree } from "../apps/checksTree.ts";
import { BudgetWatch } from "../budgets/budgetWatch.ts";
import { askForSession } from "../export/exportCommands.ts";
import { saveView } from "../export/viewExport.ts";
import { InsightsPanels } from "../insights/insightsPanels.ts";
import { GraphPanel } from "../panel/graphPanel.ts";
import { ReceiveHost } from "../receive/receiveHost.ts";
import { UpkeepSchedule } from "../schedule/upkeepSchedule.ts";
import { LearnedFeed } from "../sequences/learnedFeed.ts";
import { ProposalsTree } from "../sequences/proposalsTree.ts";
import { SequenceHighlight } from "../sequences/sequenceHighlight.ts";
import { SequencesTree } from "../sequences/sequencesTree.ts";
import { openTranscriptLink } from "../sequences/transcriptLinks.ts";
import { SessionsTree } from "../sessions/sessionsTree.ts";
import { FunctionStatsTree } from "../stats/functionStatsTree.ts";
import { StatsFeed } from "../stats/statsFeed.ts";
import { rememberedSort } from "../stats/statsSort.ts";
import { offerFolders } from "../status/foldersNotRead.ts";
import { ProblemReporter } from "../status/problemReporter.ts";
import { StreamHost } from "../stream/streamHost.ts";
import { HistoryProgress } from "../telemetry/historyProgress.ts";
import { RecordedLines } from "../telemetry/recordedLines.ts";
import { reportRules } from "../telemetry/ruleReport.ts";
import { TroubleReporter } from "../telemetry/troubleReporter.ts";
import { UsualTimesFeed } from "../telemetry/usualTimesFeed.ts";
import { createTelemetry, databaseFile, telemetryOptions } from "../telemetry/windowTelemetry.ts";
import { callSources } from "../transcripts/transcriptCommands.ts";
import { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import { DoneNotifier } from "../waits/doneNotifier.ts";
import { WaitNotifier } from "../waits/waitNotifier.ts";
import { handlersOf } from "./handlers.ts";
import { windowStatus } from "./windowStatus.ts";

export const engine = {
	createTelemetry,
	databaseFile,
	rememberedSort,
	telemetryOptions,
	RecordedLines,
	StatsFeed,
	handlersOf,
	windowStatus,
	offerFolders,
	reportRules,
	callSources,
	openTranscriptLink,
	askForSession,
	saveView,
	recordSession,
	AppsFeed,
	BudgetWatch,
	ChecksTree,
	DemoPlayer,
	DoneNotifier,
	FunctionStatsTree,
	GraphPanel,
	LearnedFeed,
	HistoryProgress,
	InsightsPanels,
	ProblemReporter,
	ProposalsTree,
	SequenceHighlight,
	SequencesTree,
	SessionsTree,
	ReceiveHost,
	StreamHost,
	TranscriptDocuments,
	TroubleReporter,
	UpkeepSchedule,
	UsualTimesFeed,
	WaitNotifier,
};

export type OnDemand = typeof engine;
