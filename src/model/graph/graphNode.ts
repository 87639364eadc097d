import { Lives } from "../agents/lives.ts";
import { CallLedger } from "../calls/toolCall.ts";
import { WaitList } from "../calls/waits.ts";
import type { AgentSpawnEvent, Origin } from "../events/events.ts";
import { UsageTotals } from "../usage/usageTotals.ts";
import type { NodeDetail, NodeState, NodeView, Outcome, ToolStat } from "../views/view.ts";

/** Why an agent counts as lost: its session ended, or nothing was heard of it for too long. */
export type LossReason = "session" | "silence";

/** What is kept of the event of a launching call. */
type SpawnRequest = Pick<
	AgentSpawnEvent,
	"v" | "ts" | "agentType" | "model" | "description" | "background"
>;

/** How a launching call failed. */
interface LaunchFailure {
	readonly origin: Origin;
	readonly ts: number;
	readonly errorClass: string;
	/** The node that it ended, which may turn out to be the wrong one. */
	ended: GraphNode | null;
}

/**
 * What a launching call said of the agent it wants. Kept apart from the agent, because which agent
 * a call launched is only known for certain once a link names both, and a guess must be undoable.
 */
export interface Spawn {
	/** tool_use_id of the launching call */
	readonly id: string;
	/** Number of the event that first named it, to tell the oldest. */
	readonly bornAt: number;
	/** null while only a link has named the call. */
	said: SpawnRequest | null;
	/** Node of the acting agent; null while the call has not been seen, or for the session's own. */
	parent: GraphNode | null;
	/** Stands in for the agent until it is known. */
	provisional: GraphNode | null;
	agent: GraphNode | null;
	/** How the launching call failed, and the node that this ended; null where it did not. */
	failure: LaunchFailure | null;
	/** A link, not a guess, put spawn and agent together. */
	isConfirmed: boolean;
}

const NO_ALIASES: readonly string[] = [];

/** A session or an agent of the live graph. Changed by the graph only. */
export class GraphNode {
	readonly key: string;
	readonly kind: "session" | "agent";
	readonly root: GraphNode;
	id: string;
	/** Other ids that resolve to it: of an agent mostly that of the one call that launched it. */
	aliases: readonly string[] = NO_ALIASES;
	readonly ledger = new CallLedger();
	/** Its own messages. */
	readonly usage = new UsageTotals();
	/** On a session: its own messages and those of all its agents. */
	readonly sessionUsage: UsageTotals | null;
	readonly waits = new WaitList();
	/** Of an agent its lives, of a session its turns. */
	readonly lives = new Lives();

	spawn: Spawn | null = null;
	/** The node that this one turned out to be. */
	mergedInto: GraphNode | null = null;
	/** Type that the agent itself reported, which beats what its spawn asked for. */
	agentType = "";
	/** Model that the client resolved, which beats the one asked for. */
	model = "";
	/** When the newest answer came that named the model, ms since the epoch. */
	modelAt = 0;
	cwd = "";
	phase: "starting" | "running" | "idle" | "done" | "lost" = "running";
	lossReason: LossReason | null = null;
	outcome: Outcome | null = null;
	stubs: number | null = null;
	/** What the client itself said; the messages say it better. */
	reportedCostUsd: number | null = null;
	/** The client's counts by kind of tool as JSON text, as an event has them; empty before. */
	toolStats = "";
	startedAt: number;
	endedAt: number | null = null;
	lastHeardAt: number;
	/** Number of the event that made the node. */
	readonly bornAt: number;

	/** A hook told of its start; a transcript's own start names no type to bind it by. */
	hasStarted = false;
	/** Its stop was logged before its start: that start belongs to the past. */
	isStartOverdue = false;
	/** Reports of its end, each once, as lines: most agents have one, and a set costs 200 bytes. */
	#results = "";
	/** How many they are. */
	resultCount = 0;
	isBackground = false;
	/** Only v1 lines, which end background agents at launch, have spoken of it. */
	isV1Only = true;

	constructor(
		key: string,
		kind: "session" | "agent",
		id: string,
		root: GraphNode | null,
		ts: number,
		bornAt: number,
	) {
		this.key = key;
		this.kind = kind;
		this.id = id;
		this.root = root ?? this;
		this.sessionUsage = kind === "session" ? new UsageTotals() : null;
		this.startedAt = ts;
		this.lastHeardAt = ts;
		this.bornAt = bornAt;
	}

	addAlias(id: string): void {
		if (!this.aliases.includes(id)) this.aliases = [...this.aliases, id];
	}

	/** Notes a report of its end. @returns false where it was told before */
	addResult(result: string): boolean {
		if (this.#results.includes(`\n${result}\n`)) return false;
		this.#results = `${this.#results || "\n"}${result}\n`;
		this.resultCount++;
		return true;
	}

	dropAlias(id: string): void {
		this.aliases = this.aliases.filter((alias) => alias !== id);
	}

	get isAlive(): boolean {
		return this.phase !== "done" && this.phase !== "lost";
	}

	get type(): string {
		if (this.kind === "session") return "main";
		return this.agentType || this.spawn?.said?.agentType || "";
	}

	/** The node it hangs from: its spawn's caller, else the session. */
	get parent(): GraphNode | null {
		if (this.kind === "session") return null;
		let parent = this.spawn?.parent ?? this.root;
		while (parent.mergedInto !== null) parent = parent.mergedInto;
		return parent;
	}

	/** True for the node itself and everything below it. */
	isWithin(ancestor: GraphNode): boolean {
		for (let node: GraphNode | null = this; node !== null; node = node.parent) {
			if (node === ancestor) return true;
		}
		return false;
	}

	/** US dollars; null where nobody knows. */
	get costUsd(): number | null {
		return this.usage.costUsd ?? this.reportedCostUsd;
	}

	get state(): NodeState {
		return this.isAlive && this.waits.first !== null ? "waiting" : this.phase;
	}

	end(phase: "done" | "lost", ts: number, reason: LossReason | null = null): void {
		this.phase = phase;
		this.lossReason = reason;
		this.endedAt = Math.max(ts, this.startedAt);
		this.waits.clear();
	}

	live(phase: "running" | "idle" = "running"): void {
		this.phase = phase;
		this.lossReason = null;
		this.endedAt = null;
	}

	view(): NodeView {
		const said = this.spawn?.said ?? null;
		return {
			key: this.key,
			id: this.id,
			kind: this.kind,
			session: this.root.id,
			parent: this.parent?.key ?? null,
			type: this.type,
			description: said?.description ?? "",
			model: this.model || said?.model || "",
			folder: baseName(this.root.cwd),
			cwd: this.kind === "session" ? this.cwd : "",
			background: this.isBackground || (said?.background ?? false),
			state: this.state,
			outcome: this.outcome,
			stubs: this.stubs,
			startedAt: this.startedAt,
			endedAt: this.endedAt,
			calls: this.ledger.calls,
			failures: this.ledger.failures,
			tokens: this.usage.tokens,
			costUsd: this.costUsd,
			isCostPartial: this.usage.isCostPartial,
			waiting: this.isAlive ? this.waits.first : null,
		};
	}

	detail(): NodeDetail {
		return {
			key: this.key,
			tools: this.ledger.tools(),
			toolStats: readToolStats(this.toolStats),
			recent: this.ledger.recent(),
			usage: this.usage.models(),
			sessionUsage: this.sessionUsage?.models() ?? [],
			aliases: [...this.aliases],
		};
	}
}

/** @param text JSON text that an event's reader made, with nothing but numbers in it */
function readToolStats(text: string): ToolStat[] {
	if (text === "") return [];
	const counts = JSON.parse(text) as Readonly<Record<string, number>>;
	return Object.entries(counts).map(([name, count]) => ({ name, count }));
}

function baseName(path: string): string {
	const trimmed = path.replace(/[/\\]+$/, "");
	return trimmed.slice(Math.max(trimmed.lastIndexOf("/"), trimmed.lastIndexOf("\\")) + 1);
}
