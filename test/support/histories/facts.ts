import type { Outcome } from "../../../src/model/views/view.ts";

export type Source = "hook" | "transcript";

/** Something that happened, and who has told of it so far. */
export class Fact {
	/** ms since the epoch at which it happened, whenever it was told */
	readonly at: number;
	readonly #told = new Set<Source>();

	constructor(at: number) {
		this.at = at;
	}

	tell(source: Source): void {
		this.#told.add(source);
	}

	isTold(sources: readonly Source[]): boolean {
		return sources.some((source) => this.#told.has(source));
	}
}

/**
 * - `rests`: a process begins to listen
 * - `turns`: a turn begins, by a prompt or by the report that an agent came back
 * - `ends`: its process said goodbye
 */
export type SessionMoment = "rests" | "turns" | "turnEnds" | "ends";

export class SessionFacts {
	readonly id: string;
	/** In the order in which they happened. */
	readonly moments: { readonly kind: SessionMoment; readonly fact: Fact }[] = [];

	constructor(id: string) {
		this.id = id;
	}

	add(kind: SessionMoment, at: number): Fact {
		const fact = new Fact(at);
		this.moments.push({ kind, fact });
		return fact;
	}
}

export interface Begin {
	readonly kind: "begin";
	readonly fact: Fact;
}

export interface End {
	readonly kind: "end";
	readonly fact: Fact;
	readonly state: "done" | "lost";
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
}

export class AgentFacts {
	readonly session: string;
	/** tool_use_id of the call that launched it */
	readonly launchId: string;
	/** Agent that launched it; null for the orchestrator. */
	readonly parent: string | null;
	/** What the launch asked for, empty where it left that to the client, and what it came to. */
	readonly askedType: string;
	readonly type: string;
	readonly launched: Fact;
	/** Set when it has started. */
	id: string | null = null;
	/** Which sources have named the launch and the agent together. */
	readonly linked = new Set<Source>();
	/** Whether a hook of version 1 has told of the launch. */
	hasV1 = false;
	/** How the launch failed, where it did. */
	readonly launchFailed: { readonly fact: Fact; readonly errorClass: string }[] = [];
	/** In the order in which they happened. */
	readonly moments: (Begin | End)[] = [];

	constructor(
		launch: Pick<AgentFacts, "session" | "launchId" | "parent" | "askedType" | "launched">,
	) {
		this.session = launch.session;
		this.launchId = launch.launchId;
		this.parent = launch.parent;
		this.askedType = launch.askedType;
		this.type = launch.askedType || "general-purpose";
		this.launched = launch.launched;
	}

	begin(at: number): Fact {
		const fact = new Fact(at);
		this.moments.push({ kind: "begin", fact });
		return fact;
	}

	end(at: number, how: Pick<End, "state"> & Partial<End>): Fact {
		const fact = new Fact(at);
		const nothing = { outcome: null, stubs: null };
		this.moments.push({ ...nothing, ...how, kind: "end", fact });
		return fact;
	}
}

export class CallFacts {
	readonly id: string;
	readonly session: string;
	/** null for the orchestrator */
	readonly agent: string | null;
	readonly tool: string;
	readonly used: Fact;
	result: { readonly fact: Fact; readonly success: boolean; readonly errorClass: string } | null =
		null;

	constructor(call: Pick<CallFacts, "id" | "session" | "agent" | "tool" | "used">) {
		this.id = call.id;
		this.session = call.session;
		this.agent = call.agent;
		this.tool = call.tool;
		this.used = call.used;
	}

	/** @param errorClass empty for success */
	end(at: number, errorClass: string): Fact {
		const fact = new Fact(at);
		this.result = { fact, success: errorClass === "", errorClass };
		return fact;
	}
}

/** All that happened in a history. */
export class Facts {
	readonly sessions: SessionFacts[] = [];
	readonly agents: AgentFacts[] = [];
	readonly calls: CallFacts[] = [];
}
