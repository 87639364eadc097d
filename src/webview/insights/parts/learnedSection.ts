import type { LookedUpCall } from "../../../insights/insights.ts";
import type { InsightAnswers, ProposalAction } from "../../../protocol/insightsMessages.ts";
import { button, el } from "../../parts/dom.ts";
import { ChartFrame, type SaveChart } from "../charts/chartFrame.ts";
import { flowPicture } from "../charts/flow.ts";
import { Latest } from "../latest.ts";
import { type Below, below } from "./below.ts";
import { callList } from "./callsBehind.ts";
import { percentText } from "./headline.ts";
import { type ProposalLine, worthDoing } from "./worthDoing.ts";

type Answer = InsightAnswers["learned"]["answer"];
type SequenceLine = Answer["sequences"][number];

interface LearnedHost {
	canOpen(): boolean;
	ask(showsAll: boolean): Promise<Answer>;
	save: SaveChart;
	callsBehind(hash: string): Promise<readonly LookedUpCall[]>;
	onCall(call: LookedUpCall): void;
	onProposal(hash: string, action: ProposalAction): void;
	onSequence(hash: string): void;
	onFunction(functionId: string): void;
	/** Asks again, and says what went wrong. */
	refresh(): void;
}

/** What was learned of the calls: what is worth doing, and sequences as a picture and a list. */
export class Learned {
	readonly proposals = el("div");
	readonly sequences: HTMLElement;
	readonly #flow: ChartFrame;
	readonly #list = el("ol", { class: "sequences" });
	readonly #host: LearnedHost;
	readonly #latest = new Latest();
	/** By proposal: what is open stays so when another one is decided on. */
	readonly #calls = new Map<string, Below>();
	#showsAll = false;

	constructor(host: LearnedHost) {
		this.#host = host;
		this.#flow = new ChartFrame("Sequences", host.save);
		this.sequences = el("div", { class: "panel" }, this.#flow.root, this.#list);
	}

	async refresh(): Promise<void> {
		const learned = await this.#latest.of(this.#host.ask(this.#showsAll));
		if (learned === null) return;
		const canOpen = this.#host.canOpen();
		this.proposals.replaceChildren(
			worthDoing(learned, this.#showsAll, {
				canOpen,
				callsOf: (line) => this.#callsOf(line),
				onAct: (hash, action) => this.#host.onProposal(hash, action),
				onShowAll: (showsAll) => {
					this.#showsAll = showsAll;
					this.#host.refresh();
				},
			}),
		);
		this.#showFlow(learned.sequences);
		this.#list.replaceChildren(...learned.sequences.map((one) => this.#item(one, canOpen)));
	}

	#callsOf({ hash, title }: ProposalLine): Below {
		let calls = this.#calls.get(hash);
		if (calls === undefined) {
			const { canOpen, callsBehind, onCall } = this.#host;
			const label = (act: () => void) => button("See the Calls", { class: "button" }, act);
			calls = below(title, label, async () => {
				const found = await callsBehind(hash);
				return found.length === 0
					? [el("p", { class: "dim", text: "None of its calls is kept any more." })]
					: [callList(found, { canOpen: canOpen(), onCall })];
			});
			this.#calls.set(hash, calls);
		}
		return calls;
	}

	#showFlow(sequences: readonly SequenceLine[]): void {
		const label = "Functions that agents call one after the other";
		const take = {
			onFunction: (id: string) => this.#host.onFunction(id),
			onPath: (index: number) => this.#openPath(sequences[index], index),
		};
		this.#flow.show(
			sequences.length === 0
				? null
				: (width) => flowPicture(sequences, label, bareName, width, take),
			{
				head: ["sequence", "times", "sessions", "succeeded", "mean ms", "by chance"],
				rows: sequences.map((one) => [
					one.functionIds.join(" → ") + (one.isLoop ? " ↻" : ""),
					one.occurrences,
					one.sessions,
					one.successRate,
					one.meanDurationMs,
					one.chance,
				]),
			},
			"of all periods; a line is as thick as it is frequent",
			"No sequence was found yet: Detect Sequences looks for them.",
		);
	}

	/** Where no editor is, the row of the list is all there is to show. */
	#openPath(one: SequenceLine | undefined, index: number): void {
		if (one === undefined) return;
		if (this.#host.canOpen()) this.#host.onSequence(one.hash);
		else this.#list.children[index]?.scrollIntoView({ block: "nearest" });
	}

	#item(one: SequenceLine, canOpen: boolean): HTMLElement {
		const { functionIds, isLoop, occurrences, sessions, successRate, chance } = one;
		const name = functionIds.map(bareName).join(" → ") + (isLoop ? " ↻" : "");
		const success = successRate === null ? "" : `, ${percentText(successRate)} succeed`;
		return el(
			"li",
			{},
			canOpen
				? button(name, { class: "name", title: "Open it with its calls" }, () =>
						this.#host.onSequence(one.hash),
					)
				: el("span", { class: "name", text: name }),
			el("span", {
				class: "dim",
				text: `${occurrences.toLocaleString("en-US")} times in ${sessions.toLocaleString("en-US")} sessions${success}, ${chance}`,
			}),
		);
	}
}

function bareName(functionId: string): string {
	return functionId.replace(/^\w+:/, "");
}
