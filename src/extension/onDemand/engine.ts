// Entry of a bundle of its own: what a window with a closed panel does not need until it is asked for.

import { proposalItem, proposalStatusItem } from "../sequences/proposalItem.ts";
import { sequenceItem } from "../sequences/sequenceItem.ts";
import { detailSections } from "../stats/detailSections.ts";
import { detailItem, functionItem, groupItem, moreItem, sectionItem } from "../stats/statsItem.ts";
import { functionTooltip } from "../stats/statsText.ts";
import { offerFolders } from "../status/foldersNotRead.ts";
import { reportRules } from "../telemetry/ruleReport.ts";
import { transcriptEngine } from "../transcripts/engine.ts";
import { callSources } from "../transcripts/transcriptCommands.ts";
import { handlersOf } from "./handlers.ts";
import { windowStatus } from "./windowStatus.ts";

export const engine = {
	handlersOf,
	windowStatus,
	offerFolders,
	reportRules,
	statsItems: { detailItem, functionItem, groupItem, moreItem, sectionItem },
	detailSections,
	functionTooltip,
	sequenceItem,
	proposalItem,
	proposalStatusItem,
	callSources,
	transcripts: transcriptEngine,
};

export type OnDemand = typeof engine;
