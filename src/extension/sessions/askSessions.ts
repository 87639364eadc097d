import * as path from "node:path";
import * as vscode from "vscode";
import { FACETS, type Facet, type FacetValue, type SessionFilter } from "./sessionFilter.ts";
import type { SessionsQuery } from "./sessionsQuery.ts";
import type { SessionsTree } from "./sessionsTree.ts";

const TITLES: Readonly<Record<Facet, string>> = {
	folder: "Folder",
	branch: "Branch",
	client: "Client",
	model: "Model",
	agentType: "Agent Type",
};

interface ValueItem extends vscode.QuickPickItem {
	readonly of?: FacetValue;
}

/** Lets the user choose folders, branches, models and agent types; none of a kind means any. */
export async function askFilter(sessions: SessionsTree, query: SessionsQuery): Promise<void> {
	const chosen = await vscode.window.showQuickPick(itemsOf(sessions, query.filter), {
		title: "Filter Sessions",
		placeHolder: "Folders, branches, clients, models and agent types; none of a kind means any",
		canPickMany: true,
		matchOnDescription: true,
	});
	if (chosen === undefined) return;
	const values = (facet: Facet) =>
		new Set(chosen.flatMap(({ of }) => (of?.facet === facet ? [of.value] : [])));
	sessions.clear({
		folder: values("folder"),
		branch: values("branch"),
		client: values("client"),
		model: values("model"),
		agentType: values("agentType"),
	});
}

/** Asks what to look for in the prompts. */
export async function askText(sessions: SessionsTree): Promise<void> {
	const text = await vscode.window.showInputBox({
		title: "Search Prompts",
		placeHolder: "Words of what was asked, such as: release notes",
		prompt: "Transcripts are looked through, newest first. Nothing of it is kept.",
	});
	if (text !== undefined && text.trim() !== "") await sessions.search(text.trim());
}

async function itemsOf(sessions: SessionsTree, filter: SessionFilter): Promise<ValueItem[]> {
	const values = await sessions.facetValues();
	return FACETS.flatMap((facet) => {
		const own = values.filter((each) => each.facet === facet);
		if (own.length === 0) return [];
		return [
			{ label: TITLES[facet], kind: vscode.QuickPickItemKind.Separator },
			...own.map((of) => itemOf(of, filter[facet].has(of.value))),
		];
	});
}

function itemOf(of: FacetValue, picked: boolean): ValueItem {
	const { facet, value, count } = of;
	const sessions = count.toLocaleString("en-US");
	if (facet !== "folder") return { label: value, description: sessions, picked, of };
	return {
		label: path.basename(value) || value,
		description: `${sessions} · ${value}`,
		picked,
		of,
	};
}
