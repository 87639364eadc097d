import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension/main.ts";
import type { ProposalRow } from "../../src/extension/sequences/proposalItem.ts";
import { activated, whenRecorded } from "../support/vscode/extension.ts";
import type { LogFile } from "../support/vscode/logFile.ts";
import { leaveOwnLog, recordOwnLog, startOver } from "../support/vscode/ownLog.ts";

const run = (command: string, argument?: unknown) =>
	vscode.commands.executeCommand(`agentLiveGraph.${command}`, argument);

describe("Sequences and Proposals", () => {
	let api: Api;
	let log: LogFile;

	before(async () => {
		api = await activated();
		log = await recordOwnLog(api);
	});

	beforeEach(async () => {
		await startOver(api, log);
		log.append((events) => {
			for (const session of ["s1", "s2", "s3"]) {
				for (const [at, program] of ["make", "gcc", "rsync"].entries()) {
					const call = { session_id: session, id: `${session}-${at}`, tool: "Bash", program };
					events.add("tool_use", call);
					events.add("tool_result", { ...call, success: true, duration_ms: 5 });
				}
			}
		});
		await whenRecorded(api, () => api.stats.model.totals.calls === 9);
	});

	afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
	after(() => leaveOwnLog(log));

	/** The only proposal, if it is in this group. */
	function rowOf(label: string): ProposalRow | undefined {
		const group = api.proposalsTree
			.getChildren()
			.find((row) => api.proposalsTree.getTreeItem(row).label === label);
		return group === undefined ? undefined : api.proposalsTree.getChildren(group)[0];
	}

	it("lists what is detected, and opens it as a report with the calls behind it", async () => {
		await run("detectSequences");
		const [sequence, ...others] = api.sequencesTree.getChildren();
		assert.deepEqual(others, []);
		assert.ok(sequence);
		const item = api.sequencesTree.getTreeItem(sequence);
		assert.equal(item.label, "make → gcc → rsync");
		assert.equal(item.description, "3× in 3 sessions · 100 % · 4 times more often than by chance");
		await run("openSequence", sequence);
		const uri = vscode.Uri.from({
			scheme: "agent-live-graph",
			path: `/Sequence ${sequence.hash.slice(0, 8)}.md`,
		});
		const text = (await vscode.workspace.openTextDocument(uri)).getText();
		assert.match(text, /^# `bash:make` → `bash:gcc` → `bash:rsync`\n/);
		for (const session of ["s1", "s2", "s3"]) assert.match(text, new RegExp(`\`${session}-0\``));
	});

	it("keeps what the user decides on a proposal, until it is taken back", async () => {
		await run("proposeImprovements");
		const row = rowOf("Pipelines");
		assert.ok(row);
		assert.equal(api.proposalsTree.getTreeItem(row).label, "Pipeline: make → gcc → rsync");
		await run("dismissProposal", row);
		await run("proposeImprovements");
		assert.deepEqual([rowOf("Pipelines"), rowOf("Accepted")], [undefined, undefined]);
		assert.ok(rowOf("Dismissed"));
		await run("reopenProposal", rowOf("Dismissed"));
		await run("acceptProposal", rowOf("Pipelines"));
		assert.ok(rowOf("Accepted"));
	});

	it("copies a proposal as a prompt and as a task", async () => {
		await run("proposeImprovements");
		await run("copyProposalPrompt", rowOf("Pipelines"));
		assert.match(await vscode.env.clipboard.readText(), /^Make a pipeline of `bash:make` → /);
		await run("copyProposalTask", rowOf("Pipelines"));
		assert.match(await vscode.env.clipboard.readText(), /^- \[ \] \*\*Make a pipeline of/);
		await run("openProposalTask", rowOf("Pipelines"));
		const { document } = vscode.window.activeTextEditor ?? {};
		assert.equal(document?.isUntitled, true);
		assert.match(document.getText(), /^- \[ \] \*\*Make a pipeline of/);
	});

	it("says what a proposal would save, and what came of it once it is accepted", async () => {
		await run("proposeImprovements");
		const item = () => {
			const row = rowOf("Pipelines") ?? rowOf("Accepted");
			return row && api.proposalsTree.getTreeItem(row);
		};
		assert.match(String(item()?.description), /^would save less than 1 m a week · They follow/);
		await run("acceptProposal", rowOf("Pipelines"));
		assert.match(String(item()?.description), /^no calls since then, nor in the 1 minute before$/);
		assert.equal(item()?.contextValue, "proposalAccepted new_pipeline");
	});
});
