import type { InsightAnswers, ProposalAction } from "../../../protocol/insightsMessages.ts";
import { button, el } from "../../parts/dom.ts";
import type { Below } from "./below.ts";

type Learned = InsightAnswers["learned"]["answer"];
export type ProposalLine = Learned["proposals"][number];

interface WorthDoingHost {
	readonly canOpen: boolean;
	/** A button and the calls of a proposal, the same ones when the card is made anew. */
	callsOf(line: ProposalLine): Below;
	onAct(hash: string, action: ProposalAction): void;
	/** Shows all that is proposed, or the few again. */
	onShowAll(showsAll: boolean): void;
}

/** The few things that are worth doing, each with what it would save and one next step. */
export function worthDoing(learned: Learned, showsAll: boolean, host: WorthDoingHost): HTMLElement {
	const { proposals, open } = learned;
	const shown = proposals.filter(({ status }) => status === "open").length;
	const note =
		open === 0 ? "" : shown < open ? `${shown} of ${open}` : `${open}; nothing else is proposed`;
	const root = el(
		"section",
		{ class: "panel", attrs: { "aria-label": "Worth doing" } },
		el(
			"div",
			{ class: "section-head" },
			el("h2", { text: "Worth doing" }),
			el("span", { class: "dim", text: note }),
			...(shown < open || showsAll
				? [
						el(
							"div",
							{ class: "chart-actions" },
							button(showsAll ? "Show Fewer" : `Show All ${open}`, { class: "quiet" }, () =>
								host.onShowAll(!showsAll),
							),
						),
					]
				: []),
		),
		...proposals.map((line) => card(line, host)),
	);
	if (proposals.length === 0) {
		root.append(
			el("p", {
				class: "empty dim",
				text: "Nothing is proposed. Propose Improvements looks for it; so does the schedule, every few hours.",
			}),
		);
	}
	return root;
}

function card(line: ProposalLine, { canOpen, callsOf, onAct }: WorthDoingHost): HTMLElement {
	const { hash, title, saving, reason, status, next } = line;
	const act = (text: string, action: ProposalAction, style = "button"): HTMLElement =>
		button(text, { class: style }, () => onAct(hash, action));
	const decisions =
		status === "open"
			? [
					act(next.text, next.action),
					act("Accept", "acceptProposal", "quiet"),
					act("Dismiss", "dismissProposal", "quiet"),
				]
			: [];
	const calls = callsOf(line);
	// What is written on it, and decided, is the editor's.
	const actions = canOpen ? [...decisions, act("Open Report", "openProposal", "quiet")] : [];
	return el(
		"article",
		{ class: "card" },
		el(
			"div",
			{ class: "card-head" },
			el("h3", { text: title }),
			el("span", { class: "saving", text: saving }),
		),
		el("p", { class: "dim", text: reason }),
		el("div", { class: "card-actions" }, calls.label, ...actions),
		calls.root,
	);
}
