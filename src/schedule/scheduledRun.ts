import { isDue } from "./slots.ts";

/** What a run by the schedule needs of the process that it happens in. */
export interface ScheduleHost {
	/** ms since the epoch */
	now(): number;
	/** Whole hours, 1 to 24; null while the schedule is turned off. */
	intervalHours(): number | null;
	/** Whether this process is the one to do it. */
	isWriter(): boolean;
	/** When it was done last by any process, ms since the epoch; null for never. */
	lastRun(): Promise<number | null>;
	record(at: number): Promise<void>;
	run(): Promise<void>;
	/** Whether the work could not be done here, and is another process's or a later try's. */
	isOthers(error: unknown): boolean;
	/** Told of what else went wrong; it is tried again in the next slot. */
	onFailed(error: unknown): void;
}

/** Does the work once in each slot, when looked at often enough; never twice at a time. */
export class ScheduledRun {
	readonly #host: ScheduleHost;
	#isBusy = false;

	constructor(host: ScheduleHost) {
		this.#host = host;
	}

	/** Looks whether the work is due and does it. Never rejects. */
	async look(): Promise<void> {
		if (this.#isBusy) return;
		this.#isBusy = true;
		try {
			await this.#runIfDue();
		} catch (error) {
			if (!this.#host.isOthers(error)) this.#host.onFailed(error);
		} finally {
			this.#isBusy = false;
		}
	}

	async #runIfDue(): Promise<void> {
		const host = this.#host;
		const hours = host.intervalHours();
		if (hours === null || !host.isWriter()) return;
		const now = host.now();
		if (!isDue(await host.lastRun(), now, hours)) return;
		try {
			await host.run();
		} catch (error) {
			if (host.isOthers(error)) throw error;
			host.onFailed(error);
		}
		// When it began, not when it ended: that may lie in the next slot, which has a run of its own.
		await host.record(now);
	}
}
