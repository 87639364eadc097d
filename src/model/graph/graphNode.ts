import { type Fact, union } from "../agents/facts.ts";
import type { Span } from "../agents/lifeOf.ts";
import { CallLedger } from "../calls/callLedger.ts";
import type { CallRecord } from "../calls/callRecords.ts";
import { LedgerSums } from "../calls/ledgerSums.ts";
import { WaitList } from "../calls/waits.ts";
import type { AgentEvent, AgentSpawnEvent, Origin } from "../events/events.ts";
import { UsageTotals } from "../usage/usageTotals.ts";
import { isAlive, type NodeState } from "../views/view.ts";
import { agentLife, agentSpans, type SeenLife, sessionLife } from "./seenLife.ts";
import type { SessionState } from "./sessionState.ts";

/** What a launching call asked for, and who made it. */
interface LaunchRequest
	extends Pick<
		AgentSpawnEvent,
		"v" | "ts" | "agentType" | "defaultType" | "model" | "description" | "background"
	> {
	readonly caller: GraphNode;
}

/** A call that is open, or shown, or not sure to be whose it seems. */
export type OpenCall = CallRecord<GraphNode>;

export const NONE: readonly never[] = [];
const NO_CALLS = new CallLedger<GraphNode>(new LedgerSums());
const NO_USAGE = new UsageTotals();
const NO_WAITS = new WaitList();

/**
 * Whatever goes by an id of its own and can act: a session's orchestrator, an agent, or the call that
 * launches one, by whose id version 1 calls its agent. What is told of an id, and what it did, stays
 * with it for good. Where several ids are one agent, the node that was made first shows them all.
 * Changed by the graph only.
 */
export class GraphNode {
	readonly #key: number;
	/** Of its session, in the order of appearance. */
	readonly number: number;
	readonly kind: "session" | "agent" | "launch";
	/** What is known of its session, and that one's node; on a session that is the node itself. */
	session: SessionState;
	root: GraphNode;
	id: string;
	/** Its own calls, messages and waits; that of nobody as long as it has none. */
	ledger = NO_CALLS;
	usage = NO_USAGE;
	waits = NO_WAITS;
	told: readonly Fact[] = NONE;
	/** Version of the lines that told of something that it did itself; 0 for none. */
	actedBy: 0 | 1 | 2 = 0;
	/** Something of version 2 was told of it. */
	isV2 = false;
	/** Type that the agent itself reported, which beats what its launch asked for. */
	ownType = "";
	/** Model that the client resolved or answered with, which beats the one asked for. */
	model = "";
	/** When the newest answer came that named the model, ms since the epoch. */
	modelAt = 0;
	isBackground = false;
	/** What the client itself said; the messages say it better. US dollars. */
	reportedCostUsd: number | null = null;
	/** The client's counts by kind of tool as JSON text, as an event has them; empty before. */
	toolStats = "";

	/** Of a launch, what it asked for; null while only something else has named the call. */
	request: LaunchRequest | null = null;
	/** Of a launch, the agent that a link names. */
	agent: GraphNode | null = null;
	/** Of an agent, the launches that it called for. */
	launched: readonly GraphNode[] = NONE;
	/** Of a launch its agent, and of an agent its launch, as long as nothing says so for certain. */
	guess: GraphNode | null = null;

	/** The node that shows it. */
	shownBy: GraphNode = this;
	/**
	 * Everything that it shows, the agent first, and then what launched it, the first first: later ones
	 * resumed it. Nothing where another shows it.
	 */
	parts: readonly GraphNode[] = [this];
	/** Something of it changed since the last patch. */
	isDirty = false;
	/** Somebody was told of it under its own key. */
	isTold = false;
	/** So many others ended since it did that it is of the picture no more, unless it lives again. */
	isPast = false;
	/** When it was last heard of, where that is too long ago; ms since the epoch. */
	silentSince: number | null = null;
	#life: SeenLife | null = null;

	/** Of a session, who started it from a shell, null where that is in doubt; of others, such sessions. */
	startedBy: GraphNode | null = null;
	started: readonly GraphNode[] = NONE;

	constructor(
		key: number,
		kind: GraphNode["kind"],
		id: string,
		session: SessionState,
		root: GraphNode | null,
		number: number,
	) {
		this.#key = key;
		this.number = number;
		this.kind = kind;
		this.id = id;
		this.session = session;
		this.root = root ?? this;
	}

	/** One like it, which still refers to what this one refers to. */
	twin(): GraphNode {
		const { kind, id, session, number } = this;
		const twin = Object.assign(new GraphNode(this.#key, kind, id, session, null, number), this);
		twin.#life = this.#life;
		return twin;
	}

	/** Of a twin that refers to the copy of its session: what it did becomes its own. */
	copyOwn(callOf: (call: OpenCall) => OpenCall): void {
		const { ledgerSums } = this.session;
		if (this.ledger !== NO_CALLS) this.ledger = this.ledger.copy(ledgerSums, callOf);
		if (this.usage !== NO_USAGE) this.usage = this.usage.copy();
		if (this.waits !== NO_WAITS) this.waits = this.waits.copy();
	}

	get key(): string {
		return `${this.session.keyPrefix}${this.#key}`;
	}

	/** When it was first and last heard of, ms since the epoch; 0 for never. */
	get firstHeardAt(): number {
		return this.session.heard.first(this.number);
	}

	get lastHeardAt(): number {
		return this.session.heard.last(this.number);
	}

	hear({ ts, v }: Pick<AgentEvent, "ts" | "v">): void {
		this.session.heard.hear(this.number, ts);
		if (v === 2 && !this.isV2) {
			this.isV2 = true;
			this.lifeChanged();
		}
	}

	/** A model was named that answers, or will, at that time: the latest is the one it has. */
	answeredBy(model: string, at: number): void {
		if (model === "" || at < this.modelAt || (at === this.modelAt && model < this.model)) return;
		this.model = model;
		this.modelAt = at;
	}

	/** It does something itself, and needs a ledger of its own: most launches never do. */
	equip(v: 1 | 2): void {
		const { ledgerSums, callsKept } = this.session;
		if (this.ledger === NO_CALLS) this.ledger = new CallLedger(ledgerSums, callsKept);
		if (v <= this.actedBy) return;
		this.actedBy = v;
		this.lifeChanged();
	}

	/** Its own waits, of which few ever have any. */
	ownWaits(): WaitList {
		if (this.waits === NO_WAITS) this.waits = new WaitList();
		return this.waits;
	}

	/** Its own messages, of which only transcripts tell. */
	ownUsage(): UsageTotals {
		if (this.usage === NO_USAGE) this.usage = new UsageTotals();
		return this.usage;
	}

	tell(fact: Fact): void {
		const before = this.told;
		this.told = union(before, [fact]);
		if (this.told !== before) this.lifeChanged();
	}

	/** What follows from what is told has to be told anew. */
	lifeChanged(): void {
		this.shownBy.#life = null;
	}

	/** What is told of all that it shows. */
	get life(): SeenLife {
		this.#life ??= this.kind === "session" ? sessionLife(this.session.told) : agentLife(this);
		if (this.silentSince === null || !isAlive(this.#life)) return this.#life;
		const heardAt = Math.max(...this.parts.map(({ lastHeardAt }) => lastHeardAt));
		if (heardAt > this.silentSince) return this.#life;
		// A session that waited for a prompt was left, not lost: transcripts tell of no other end.
		const state = this.#life.state === "idle" ? "done" : "lost";
		return { ...this.#life, state, endedAt: this.silentSince };
	}

	/** The call that launched it first; null where none is known. */
	get launch(): GraphNode | null {
		return this.parts.find(({ kind }) => kind === "launch") ?? null;
	}

	get isAlive(): boolean {
		return isAlive(this.life);
	}

	/** Whether a source has told of an end itself. */
	hasEndedBy(origin: Origin): boolean {
		if (this.session.ends.length > 0 && origin === "hook") return true;
		const isEnd = ({ by, kind }: Fact) => by === origin && kind !== "start";
		return this.parts.some(({ told }) => told.some(isEnd));
	}

	get startedAt(): number {
		const times = this.parts.map(({ firstHeardAt }) => firstHeardAt).filter((at) => at > 0);
		return times.length === 0 ? 0 : Math.min(...times);
	}

	/** The oldest call that waits for a permission, while it is alive; null when none does. */
	get waiting(): { readonly since: number; readonly tool: string } | null {
		if (!this.isAlive) return null;
		let oldest: WaitList["first"] = null;
		for (const { waits } of this.parts) {
			const { first } = waits;
			if (first !== null && (oldest === null || first.since < oldest.since)) oldest = first;
		}
		return oldest;
	}

	get state(): NodeState {
		return this.waiting === null ? this.life.state : "waiting";
	}

	get type(): string {
		if (this.kind === "session") return "main";
		const own = this.parts.find(({ ownType }) => ownType !== "")?.ownType;
		const asked = this.launch?.request;
		return own || asked?.agentType || asked?.defaultType || "";
	}

	/** US dollars; null where nobody knows. */
	get costUsd(): number | null {
		for (const { usage } of this.parts) if (usage.costUsd !== null) return usage.costUsd;
		for (const part of this.parts) if (part.reportedCostUsd !== null) return part.reportedCostUsd;
		return null;
	}

	/** Lives of an agent, one after the other. */
	get spans(): Span[] {
		return agentSpans(this);
	}
}
