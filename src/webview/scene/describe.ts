import { doingText } from "../../model/views/doing.ts";
import type { Usual } from "../../model/views/usualTimes.ts";
import { isAlive, type NodeView } from "../../model/views/view.ts";
import { clip, isolated } from "../text/clip.ts";
import type { SceneNode } from "./sceneNode.ts";

/** Steps in which a rim fills: a finer one is not seen, and would ask for a frame each second. */
const RIM_STEPS = 120;

/**
 * Tells anew what every node is doing, and how far it is on its usual way.
 *
 * @param hostNow ms since the epoch
 * @returns whether any says something else, or goes on saying for how long
 */
export function describe(nodes: Iterable<SceneNode>, hostNow: number, usual: Usual): boolean {
	const all = [...nodes];
	const parents = new Set<SceneNode | null>();
	for (const node of all) if (isAlive(node.view)) parents.add(node.parent);
	let hasChanged = false;
	for (const node of all) {
		const quiet = usual.quietText(node.view, hostNow, parents.has(node));
		const doing = doingText(shown(node.view), hostNow) || quiet;
		const rim = rimOf(usual.runningShare(node.view, hostNow));
		hasChanged ||= doing !== node.doing || rim !== node.rim;
		node.doing = doing;
		node.rim = rim;
	}
	return hasChanged;
}

function rimOf(share: number | null): number | null {
	if (share === null || share > 1) return share === null ? null : 2;
	return Math.floor(share * RIM_STEPS) / RIM_STEPS;
}

/** A view whose call can be drawn: its words come from a log that anybody may have written. */
function shown({ call }: NodeView): Pick<NodeView, "call"> {
	if (call === null) return { call };
	const { tool, detail, since } = call;
	return { call: { tool: isolated(clip(tool, 60)), detail: isolated(clip(detail, 60)), since } };
}
