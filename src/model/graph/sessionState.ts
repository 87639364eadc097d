import { nothingTold, type SessionTold } from "../agents/sessionLife.ts";
import { LedgerSums } from "../calls/ledgerSums.ts";
import { RECENT_CALLS } from "../events/limits.ts";
import { UsageTotals } from "../usage/usageTotals.ts";
import { HeardTimes } from "./heardTimes.ts";

/** What is known of a session as a whole; each of its nodes refers to it. */
export class SessionState {
	/** How many of its latest calls each node keeps. */
	readonly callsKept: number;
	/** What the keys of its nodes begin with. */
	readonly keyPrefix: string;
	/** What the nodes' calls add up to, by node and tool. */
	ledgerSums = new LedgerSums();
	/** Its own and its agents' messages. */
	usage = new UsageTotals();
	/** Of its turns. */
	told: SessionTold = nothingTold();
	/** Of its nodes. */
	heard = new HeardTimes();
	cwd = "";
	/** Short name of the client. */
	client = "";
	/** Other names. */
	aliases: readonly string[] = [];
	/** When it ended, each time, ms since the epoch, sorted. */
	ends: readonly number[] = [];

	constructor(keyPrefix: string, callsKept = RECENT_CALLS) {
		this.keyPrefix = keyPrefix;
		this.callsKept = callsKept;
	}

	copy(): SessionState {
		const copy = new SessionState(this.keyPrefix, this.callsKept);
		copy.ledgerSums = this.ledgerSums.copy();
		copy.usage = this.usage.copy();
		copy.told = { ...this.told };
		copy.heard = this.heard.copy();
		copy.cwd = this.cwd;
		copy.client = this.client;
		copy.aliases = this.aliases;
		copy.ends = this.ends;
		return copy;
	}
}
