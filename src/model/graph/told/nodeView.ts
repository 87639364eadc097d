import { toolCountsOf } from "../../calls/callLedger.ts";
import { baseName } from "../../views/baseName.ts";
import type { NodeView, OpenCallView } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import { parentOf } from "../parents.ts";

/** A node as others see it. */
export function viewOf(node: GraphNode): NodeView {
	const { life, parts, root, session } = node;
	const isSession = node.kind === "session";
	const request = node.launch?.request ?? null;
	const { startedAt } = node;
	const ledgers = parts.map(({ ledger }) => ledger);
	return {
		key: node.key,
		id: idOf(node),
		kind: isSession ? "session" : "agent",
		session: root.id,
		parent: parentOf(node)?.key ?? null,
		type: node.type,
		description: request?.description ?? "",
		model: parts.find(({ model }) => model !== "")?.model ?? request?.model ?? "",
		folder: baseName(session.cwd),
		cwd: isSession ? session.cwd : "",
		client: isSession ? session.client : "",
		background: request?.background === true || parts.some(({ isBackground }) => isBackground),
		state: node.state,
		outcome: life.outcome,
		stubs: life.stubs,
		startedAt,
		endedAt: life.endedAt === null ? null : Math.max(life.endedAt, startedAt),
		heardAt: Math.max(...parts.map(({ lastHeardAt }) => lastHeardAt)),
		call: node.state === "running" || node.state === "waiting" ? newestOpen(ledgers) : null,
		calls: sum(ledgers.map(({ calls }) => calls)),
		failures: sum(ledgers.map(({ failures }) => failures)),
		tokens: parts.find(({ usage }) => usage.tokens !== null)?.usage.tokens ?? null,
		costUsd: node.costUsd,
		isCostPartial: parts.some(({ usage }) => usage.isCostPartial),
		tools: toolCountsOf(ledgers),
		waiting: node.waiting,
	};
}

/** The call that began last of those without a result; null where every call has one. */
function newestOpen(ledgers: readonly GraphNode["ledger"][]): OpenCallView | null {
	let newest: OpenCallView | null = null;
	for (const ledger of ledgers) {
		const call = ledger.newestOpen();
		if (call === null || (newest !== null && call.startedAt <= newest.since)) continue;
		newest = { tool: call.tool, detail: call.detail, since: call.startedAt };
	}
	return newest;
}

/** The agent's id where it is known, else that of the call that launches it. */
export function idOf({ parts: [named] }: GraphNode): string {
	return named?.id ?? "";
}

/** Other ids that resolve to it: of an agent mostly that of the one call that launched it. */
export function aliasesOf(node: GraphNode): string[] {
	const others = node.parts.slice(1).map(({ id }) => id);
	return node.kind === "session" ? [...node.session.aliases, ...others] : others;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
