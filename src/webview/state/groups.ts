import { isAlive, type NodeView } from "../../model/views/view.ts";

/** What a counter counts, where that is nodes which can be pointed out. */
export const GROUPS = [
	"alive",
	"waiting",
	"spawned",
	"failed calls",
	"done",
	"failed",
	"lost",
] as const;
export type Group = (typeof GROUPS)[number];

const MEMBERS: Readonly<Record<Group, (view: NodeView) => boolean>> = {
	alive: (view) => view.kind === "agent" && isAlive(view),
	waiting: (view) => view.waiting !== null,
	spawned: (view) => view.kind === "agent",
	"failed calls": (view) => view.failures > 0,
	done: (view) => view.kind === "agent" && view.state === "done" && view.outcome !== "fail",
	failed: (view) => view.kind === "agent" && view.state === "done" && view.outcome === "fail",
	lost: (view) => view.kind === "agent" && view.state === "lost",
};

export function isInGroup(view: NodeView, group: Group): boolean {
	return MEMBERS[group](view);
}
