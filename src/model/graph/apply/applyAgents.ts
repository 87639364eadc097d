import { factOf } from "../../agents/facts.ts";
import { UNTOLD_TOOL } from "../../calls/mergeCalls.ts";
import type { GraphNote } from "../../events/eventStats.ts";
import type {
	AgentDoneEvent,
	AgentLinkEvent,
	AgentMetaEvent,
	AgentResultEvent,
	AgentSpawnEvent,
	AgentStartEvent,
	AgentStopEvent,
	ToolResultEvent,
} from "../../events/events.ts";
import { sameWord } from "../../events/sameWord.ts";
import type { GraphNode } from "../graphNode.ts";
import type { GraphSession } from "../graphSession.ts";

type ToldEvent =
	| AgentStartEvent
	| AgentStopEvent
	| AgentDoneEvent
	| AgentResultEvent
	| ToolResultEvent;

export function agentSpawned(session: GraphSession, event: AgentSpawnEvent): void {
	const launch = session.launch(event.id);
	const caller = session.actor(event.parent);
	launch.hear(event);
	session.partners.ask(launch, requestOf(event, caller));
	// A result whose call nobody had told of was that of the launch.
	session.dropCall(event.id, ({ tool }) => tool === UNTOLD_TOOL);
	if (event.v === 1) return;
	caller.equip(event.v);
	caller.waits.callBegan(event.id, null, event.ts);
	session.changes.touch(caller);
}

export function agentStarted(session: GraphSession, event: AgentStartEvent): void {
	const node = session.agent(event.agent);
	if (event.agentType !== "") node.ownType = sameWord(event.agentType);
	tell(session, node, event);
	// Which call launched it the transcript says elsewhere, and for certain: nothing is guessed.
	if (event.origin !== "hook") return;
	session.partners.seek(node);
	session.partners.bind();
	allowLaunch(session, node, event.ts);
}

/** The agent runs, so whoever launched it waits for no permission to do so. */
function allowLaunch(session: GraphSession, node: GraphNode, ts: number): void {
	const { launch } = node.shownBy;
	const caller = launch?.request?.caller;
	if (caller === undefined || caller.waits.isEmpty) return;
	const pending = session.partners.pendingLaunches(caller);
	caller.waits.callEnded(launch?.id ?? "", null, ts, pending, ts);
	session.changes.touch(caller);
}

/** What stands beside an agent's transcript is a launch and a link in one. */
export function agentNoted(session: GraphSession, event: AgentMetaEvent): void {
	const node = session.agent(event.child);
	node.ownType ||= sameWord(event.agentType);
	node.hear(event);
	if (event.id !== "") {
		const launch = session.launch(event.id);
		launch.hear(event);
		session.partners.ask(launch, requestOf(event, session.actor(event.parent)));
		session.partners.link(launch, node);
	}
	session.changes.touch(node);
}

export function agentLinked(session: GraphSession, event: AgentLinkEvent): void {
	const node = session.agent(event.child);
	// A call that stands for its agent is one with it already, and still free for the agent's own id.
	if (event.id !== event.child) session.partners.link(session.launch(event.id), node);
	if (node.modelAt === 0) node.model = event.model || node.model;
	if (event.status === "async_launched" || event.status === "remote_launched") {
		node.isBackground = true;
	}
	node.hear(event);
	session.changes.touch(node);
	if (node.told.every(({ kind }) => kind !== "start")) allowLaunch(session, node, event.ts);
}

/** The launching call came back: the agent is done, whether or not its stop was seen. */
export function agentDone(session: GraphSession, event: AgentDoneEvent): void {
	const node = linkedNode(session, event);
	node.reportedCostUsd ??= event.costUsd;
	node.toolStats = event.toolStats || node.toolStats;
	tell(session, node, event);
}

export function agentStopped(session: GraphSession, event: AgentStopEvent): GraphNote | null {
	// As compaction leaves them; a transcript's stop stands in its agent's own file.
	if (event.origin === "hook" && event.agentType === "" && !session.hasAgent(event.agent)) {
		const fact = factOf(event);
		if (fact !== null) session.phantoms.set(event.agent, fact);
		return "phantom_stop";
	}
	const node = session.agent(event.agent);
	if (event.agentType !== "") node.ownType = sameWord(event.agentType);
	tell(session, node, event);
	return null;
}

/** The client told the orchestrator that a background agent came back. */
export function agentReported(session: GraphSession, event: AgentResultEvent): void {
	tell(session, linkedNode(session, event), event);
}

/** The launching call itself failed, or ended the agent that it had launched. */
export function launchFailed(session: GraphSession, event: ToolResultEvent): void {
	const launch = session.launch(event.id);
	tell(session, launch, event);
	if (launch.agent === null) session.partners.seek(launch);
	const caller = launch.request?.caller;
	if (caller === undefined || caller.waits.isEmpty) return;
	const isDenied = event.origin === "transcript" && event.errorClass === "denied";
	const pending = isDenied ? [] : session.partners.pendingLaunches(caller);
	caller.waits.callEnded(event.id, null, null, pending, event.ts);
	session.changes.touch(caller);
}

/** The node that an end speaks of; where the event names launch and agent, that links them too. */
function linkedNode(session: GraphSession, event: AgentDoneEvent | AgentResultEvent): GraphNode {
	if (event.child === "") return session.launch(event.id);
	const node = session.agent(event.child);
	if (event.id !== "") session.partners.link(session.launch(event.id), node);
	return node;
}

function tell(session: GraphSession, node: GraphNode, event: ToldEvent): void {
	node.hear(event);
	const fact = factOf(event);
	if (fact !== null) node.tell(fact);
	session.noteEnd(node);
	session.changes.touch(node);
}

function requestOf(event: AgentSpawnEvent | AgentMetaEvent, caller: GraphNode) {
	return {
		v: event.v,
		// When the launch was, the line of the call says; what stands beside it has no time.
		ts: event.event === "agent_meta" ? 0 : event.ts,
		agentType: sameWord(event.agentType),
		defaultType: event.defaultType,
		model: sameWord(event.model),
		description: event.description,
		background: event.background,
		caller,
	};
}
