import { isInWorkspace } from "../../model/views/workspace.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";

/** Sessions that began at about the same time, newest first. */
export interface SessionGroup {
	/** Stable, for the tree to know it again. */
	readonly id: string;
	readonly label: string;
	readonly sessions: readonly RecordedSession[];
	/** What is looked for most: today, yesterday, and whatever is newest. */
	readonly isRecent: boolean;
}

/** What the view shows: the sessions of this workspace, and all others apart. */
export interface SessionGroups {
	readonly own: readonly SessionGroup[];
	readonly others: readonly SessionGroup[];
}

/**
 * Sorts sessions by when they began, in days as the user's clock has them; groups without any are left
 * out. Without a workspace all sessions are the user's own.
 *
 * @param sessions newest first
 * @param folders of the workspace
 */
export function groupSessions(
	sessions: readonly RecordedSession[],
	folders: readonly string[],
	now: Date,
): SessionGroups {
	const listed = new Set(sessions.map(({ id }) => id));
	// One that another one started stands below that.
	const top = sessions.filter(({ startedBy }) => startedBy === null || !listed.has(startedBy));
	const isOwn = ({ cwd }: RecordedSession) =>
		folders.length === 0 || isInWorkspace(cwd ?? "", folders);
	return {
		own: byAge(top.filter(isOwn), "own", now),
		others: byAge(
			top.filter((each) => !isOwn(each)),
			"others",
			now,
		),
	};
}

function byAge(sessions: readonly RecordedSession[], prefix: string, now: Date): SessionGroup[] {
	const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
	const bounds: readonly (readonly [label: string, from: number, to: number])[] = [
		["Today", today, Number.POSITIVE_INFINITY],
		["Yesterday", daysBefore(now, 1), today],
		["This Week", daysBefore(now, 6), daysBefore(now, 1)],
		["Older", Number.NEGATIVE_INFINITY, daysBefore(now, 6)],
	];
	return bounds
		.map(([label, from, to]) => ({
			id: `${prefix} ${label}`,
			label,
			sessions: sessions.filter(({ startedAt }) => from <= startedAt && startedAt < to),
		}))
		.filter((group) => group.sessions.length > 0)
		.map((group, at) => ({ ...group, isRecent: at === 0 || group.label === "Yesterday" }));
}

/** The beginning of a day; not all days have 24 hours. */
function daysBefore(now: Date, days: number): number {
	return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime();
}
