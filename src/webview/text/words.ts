import type { NodeState, NodeView, Outcome } from "../../model/views/view.ts";
import { clip } from "./clip.ts";

/** Model families that have a colour and a letter of their own. */
export const FAMILIES = ["sonnet", "opus", "haiku", "other"] as const;
export type Family = (typeof FAMILIES)[number];

/** An end without a marker has a colour and a name too. */
export type Ending = Outcome | "none";

export const ENDINGS: readonly Ending[] = ["functional", "partial", "scaffolding", "fail", "none"];

const LETTERS: Record<Family, string> = { sonnet: "S", opus: "O", haiku: "H", other: "·" };

/** Family by the model's name as the client gave it, such as `claude-sonnet-5`. */
export function familyOf(model: string): Family {
	const name = model.slice(0, 200).toLowerCase();
	return FAMILIES.find((family) => family !== "other" && name.includes(family)) ?? "other";
}

export function letterOf(family: Family): string {
	return LETTERS[family];
}

/** "haiku 4.5" of `claude-haiku-4-5-20260101`; the name itself where it has another form. */
export function modelName(model: string): string {
	const short = model
		.slice(0, 200)
		.replace(/^claude-/, "")
		.replace(/-\d{8}$/, "");
	return clip(short.replace(/(?<=\d)-(?=\d)/g, ".").replaceAll("-", " "), 60);
}

/** First line under a node. An agent whose type is not known yet is an agent all the same. */
export function titleOf({ type, kind }: NodeView): string {
	return clip(type) || (kind === "session" ? "main" : "agent");
}

/** Second line under a node. */
export function subtitleOf({ kind, folder, description }: NodeView): string {
	return clip(kind === "session" ? folder : description);
}

const STATES: Record<NodeState, string> = {
	starting: "starting",
	running: "running",
	waiting: "waiting for you",
	idle: "idle",
	done: "done",
	lost: "lost",
};

/** How a node is, in words; an ended agent by its outcome. */
export function stateWord(view: NodeView): string {
	if (view.state === "done" && view.outcome !== null) return endingWord(view.outcome);
	return STATES[view.state];
}

export function endingWord(ending: Ending): string {
	if (ending === "fail") return "failed";
	return ending === "none" ? "done" : ending;
}
