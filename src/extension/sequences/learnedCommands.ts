import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Proposal, Sequence } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals/kinds.ts";
import {
	proposalPrompt,
	proposalReport,
	proposalTask,
	scriptSection,
} from "../../sequences/texts/proposalText.ts";
import { sequenceReport } from "../../sequences/texts/sequenceReport.ts";
import type { WrittenKind } from "../../sequences/texts/skillText.ts";
import { withPercent } from "../percentProgress.ts";
import type { Documents } from "../status/documents.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import type { ProposalRow } from "./proposalItem.ts";
import type { ProposalsTree } from "./proposalsTree.ts";
import { linked } from "./transcriptLinks.ts";
import { VsSkillDialogs } from "./vsSkillDialogs.ts";
import { writeSkill } from "./writeSkill.ts";

/** What these commands act on. */
export interface LearnedTargets {
	readonly learned: LearnedFeed;
	readonly telemetry: TelemetryHost;
	readonly documents: Documents;
	readonly proposalsTree: ProposalsTree;
	readonly transcripts: TranscriptDocuments;
}

const NAMES = [
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
] as const;

type LearnedCommand = (typeof NAMES)[number];

/** The commands of the views "Sequences" and "Proposals". */
export function learnedHandlers(
	targets: LearnedTargets,
): Record<LearnedCommand, (row: unknown) => unknown> {
	return {
		detectSequences: () => detect(targets, false),
		proposeImprovements: () => detect(targets, true),
		openSequence: (row) => openSequence(targets, row),
		openProposal: (row) => openProposal(targets, row),
		acceptProposal: (row) => decide(targets, row, "accepted"),
		dismissProposal: (row) => decide(targets, row, "dismissed"),
		reopenProposal: (row) => decide(targets, row, "open"),
		copyProposalPrompt: (row) => copy(targets, row, proposalPrompt, "Copied the prompt"),
		copyProposalTask: (row) => copy(targets, row, proposalTask, "Copied the task"),
		openProposalTask: (row) => openTask(targets, row),
		writeProposalSkill: (row) => write(targets, row, "skill"),
		writeProposalCommand: (row) => write(targets, row, "command"),
		toggleProposals: () => targets.proposalsTree.toggle(),
	};
}

/** Cancelling leaves everything as it was. */
async function detect({ learned }: LearnedTargets, proposes: boolean): Promise<void> {
	const title = proposes ? "Looking for what could be improved" : "Looking for sequences of calls";
	await withPercent(title, async (report, signal) => {
		const { sequences, newProposals } = await learned.detect(proposes, report, signal);
		const found = formatCount(sequences, "sequence");
		const proposed = proposes ? `, ${formatCount(newProposals, "new proposal")}` : "";
		vscode.window.setStatusBarMessage(`Found ${found}${proposed}`, 5000);
	});
}

async function openSequence({ telemetry, documents }: LearnedTargets, row: unknown): Promise<void> {
	const hash = (row as Partial<Sequence> | undefined)?.hash;
	if (typeof hash !== "string") return;
	const title = `Sequence ${hash.slice(0, 8)}`;
	documents.add(title, async () => {
		const detail = await telemetry.required.sequenceDetail(hash);
		return detail === null ? "The last search did not find it.\n" : linked(sequenceReport(detail));
	});
	await documents.show(title);
}

async function openProposal(targets: LearnedTargets, row: unknown): Promise<void> {
	const { learned, documents } = targets;
	const opened = proposalOf(learned, row);
	if (opened === undefined) return;
	const title = `Proposal ${opened.hash.slice(0, 8)}`;
	documents.add(title, async () => {
		const proposal = proposalOf(learned, row) ?? opened;
		const report = linked(proposalReport(proposal));
		if (proposal.kind !== "extract_function") return report;
		return report + scriptSection(await newestScript(targets, proposal));
	});
	await documents.show(title);
}

/** The database has no script: the newest that a transcript still has. */
async function newestScript({ transcripts }: LearnedTargets, { evidence }: Proposal) {
	for (const { sessionId: session, agentId, toolUseId: call } of evidence.calls) {
		const text = await transcripts.callTextOf({ session, agent: agentId ?? "", call, name: "" });
		if (text !== null) return text;
	}
	return null;
}

/** What was decided can be taken back, here or in the view. */
async function decide(
	targets: LearnedTargets,
	row: unknown,
	status: ProposalStatus,
): Promise<void> {
	const proposal = proposalOf(targets.learned, row);
	if (proposal !== undefined) await targets.learned.decide(proposal.hash, status);
}

async function copy(
	{ learned }: LearnedTargets,
	row: unknown,
	text: (proposal: Proposal) => string,
	done: string,
): Promise<void> {
	const proposal = proposalOf(learned, row);
	if (proposal === undefined) return;
	await vscode.env.clipboard.writeText(text(proposal));
	vscode.window.setStatusBarMessage(done, 2000);
}

/** A document of its own, to be saved wherever tasks are kept. */
async function openTask({ learned }: LearnedTargets, row: unknown): Promise<void> {
	const proposal = proposalOf(learned, row);
	if (proposal === undefined) return;
	const content = proposalTask(proposal);
	const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
	await vscode.window.showTextDocument(document);
}

async function write(
	{ learned, documents }: LearnedTargets,
	row: unknown,
	kind: WrittenKind,
): Promise<void> {
	const proposal = proposalOf(learned, row);
	if (proposal !== undefined) await writeSkill(kind, proposal, new VsSkillDialogs(documents));
}

/** As it is now: a row may be older. */
function proposalOf({ proposals }: LearnedFeed, row: unknown): Proposal | undefined {
	const hash = (row as Partial<Extract<ProposalRow, { type: "proposal" }>> | undefined)?.proposal
		?.hash;
	return proposals.find((proposal) => proposal.hash === hash);
}
