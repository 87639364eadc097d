import type { UsageEvent } from "../../events/events.ts";
import type { GraphSession } from "../graphSession.ts";

/** A request to a model was answered, or more of its answer has come. */
export function tokensUsed(session: GraphSession, event: UsageEvent): void {
	const node = session.actor(event.agent);
	node.hear(event);
	node.equip(event.v);
	node.ownUsage();
	// A session may change its model; which one it has now, the newest answer says.
	if (!event.isAside) node.answeredBy(event.model, event.ts);
	session.changes.touch(node);
	const others = session.usage.note(session.state.usage, node, event);
	for (const other of others) session.changes.touch(other);
}
