import type { Detection, Proposal, Sequence, SequenceDetail } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals.ts";
import type { DatabaseHost } from "../storage/databaseHost.ts";
import type { Task } from "../task.ts";
import { TelemetryError } from "../telemetryError.ts";
import { detect } from "./detection.ts";
import { decideProposal, readProposals } from "./proposalTable.ts";
import { sequenceDetails } from "./sequenceDetail.ts";
import { readSequences } from "./sequenceTable.ts";

/** Sequences and proposals of the telemetry of one process. */
export class Learning {
	readonly #host: DatabaseHost;

	constructor(host: DatabaseHost) {
		this.#host = host;
	}

	/**
	 * @param proposes whether to renew the proposals too
	 * @throws TelemetryError `not_writer` or `cancelled`
	 */
	detect(proposes: boolean, task: Task): Promise<Detection> {
		const host = this.#host;
		return host.exclusive(async () => {
			host.checkWriter();
			const found = await detect({
				...task,
				store: host.store,
				proposes,
				now: host.now(),
				checkWriter: () => host.checkWriter(),
			});
			if (found.changedRows > 0) host.written(found.changedRows);
			return found;
		});
	}

	sequences(limit = 1000): Sequence[] {
		return readSequences(this.#host.store, limit);
	}

	/** @returns null when the last run did not find it */
	detail(hash: string, signal: AbortSignal): Promise<SequenceDetail | null> {
		return this.#host.exclusive(async () => {
			const [detail] = await sequenceDetails(this.#host.store, [hash], signal);
			return detail ?? null;
		});
	}

	proposals(): Proposal[] {
		return readProposals(this.#host.store);
	}

	/**
	 * Saved at once: no log holds what the user has decided.
	 *
	 * @throws TelemetryError `not_writer`, `failed` when there is no such proposal, or why it could
	 * not be saved
	 */
	decide(hash: string, status: ProposalStatus): Promise<void> {
		const host = this.#host;
		return host.exclusive(async () => {
			host.checkWriter();
			let isKnown = false;
			let isChanged = false;
			host.store.transaction(() => {
				isChanged = decideProposal(host.store, hash, status, host.now());
				isKnown =
					host.store.first("SELECT 1 FROM proposals WHERE proposal_hash = ?", [hash]) !== null;
			});
			if (!isKnown) throw new TelemetryError("failed", "There is no such proposal any more.");
			if (!isChanged) return;
			host.written(1);
			await host.save();
		});
	}
}
