import { isAlive, type NodeView } from "./view.ts";

/** Silence after which any agent is quiet, ms; longer where longer ones are usual for its type. */
const QUIET_AFTER_MS = 120_000;

/** How long silences of an agent type usually are: 19 of 20 are no longer, ms. */
export interface UsualSilence {
	readonly type: string;
	readonly ms: number;
}

/** How long agents of a type usually run, ms: half of them no longer than the median, 19 of 20 no longer than p95. */
export interface UsualDuration {
	readonly type: string;
	readonly median: number;
	readonly p95: number;
}

/** What is usual of agents by their type, as far as enough of them are known. */
export interface UsualTimes {
	readonly silences: readonly UsualSilence[];
	readonly durations: readonly UsualDuration[];
}

export const NO_USUAL_TIMES: UsualTimes = { silences: [], durations: [] };

/** Tells agents that are silent or run for longer than is usual. */
export class Usual {
	readonly #silences: ReadonlyMap<string, number>;
	readonly #durations: ReadonlyMap<string, UsualDuration>;

	constructor({ silences, durations } = NO_USUAL_TIMES) {
		this.#silences = new Map(silences.map(({ type, ms }) => [type, ms]));
		this.#durations = new Map(durations.map((duration) => [duration.type, duration]));
	}

	/**
	 * As in "quiet for 6 m"; empty where an agent is not. One that waits for a person or for agents of
	 * its own is not, and neither is one that is lost.
	 *
	 * @param now ms since the epoch
	 */
	quietText(view: NodeView, now: number, hasLivingChildren: boolean): string {
		const isAtWork = view.state === "running" || view.state === "starting";
		if (view.kind !== "agent" || !isAtWork || hasLivingChildren) return "";
		const silence = now - view.heardAt;
		const usual = Math.max(QUIET_AFTER_MS, this.#silences.get(view.type) ?? 0);
		return silence < usual ? "" : `quiet for ${formatMinutes(silence)}`;
	}

	/** How long agents like a node run; null for a session, and where it is not known. */
	durationOf({ kind, type }: Pick<NodeView, "kind" | "type">): UsualDuration | null {
		return kind === "agent" ? (this.#durations.get(type) ?? null) : null;
	}

	/**
	 * For how long a node has run, as a share of the p95 of its type: more than 1 past it. null where
	 * nothing tells, and once it has ended.
	 *
	 * @param now ms since the epoch
	 */
	runningShare(view: NodeView, now: number): number | null {
		const usual = isAlive(view) ? this.durationOf(view) : null;
		if (usual === null || usual.p95 <= 0) return null;
		return Math.max(0, now - view.startedAt) / usual.p95;
	}
}

function formatMinutes(ms: number): string {
	const minutes = Math.floor(ms / 60_000);
	return minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}
