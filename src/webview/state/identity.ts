import type { NodeView } from "../../model/views/view.ts";

/**
 * A name by which a node is known again after a reload, when all have other keys: two logs have no
 * session in common, so that none takes over what was kept of the other.
 */
export function identityOf({ session, id }: Pick<NodeView, "session" | "id">): string {
	return JSON.stringify([session, id]);
}
