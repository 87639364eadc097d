import { doingText, toolName } from "../../../model/views/doing.ts";
import { formatClock, formatCost, formatTokens } from "../../../model/views/format.ts";
import type { UsualDuration } from "../../../model/views/usualTimes.ts";
import {
	isAlive,
	type ModelUsage,
	type NodeDetail,
	type NodeView,
} from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { formatAge, formatCount, formatDuration } from "../../text/numbers.ts";
import { endingWord, stateWord } from "../../text/words.ts";
import { el, setAttribute, setText } from "../dom.ts";

/** What the cards are told of a node. */
interface Carded {
	readonly view: NodeView;
	/** null until the host has answered. */
	readonly detail: NodeDetail | null;
	/** ms since the epoch. */
	readonly hostNow: number;
	/** As in "quiet for 6 m"; empty where it is not. */
	readonly quiet: string;
	/** How long agents of its type run; null where that is not known. */
	readonly usual: UsualDuration | null;
}

/** Two by two: how a node is, how long it took, what it called and what it cost. */
export class Cards {
	readonly element: HTMLElement;
	readonly #state = new Card("State");
	readonly #time = new Card("Time");
	readonly #calls = new Card("Calls");
	readonly #cost = new Card("Cost");

	constructor() {
		const cards = [this.#state, this.#time, this.#calls, this.#cost];
		this.element = el("div", { class: "cards" }, ...cards.map(({ element }) => element));
	}

	update(carded: Carded): void {
		const { view, detail, hostNow } = carded;
		this.#state.set(stateWord(view), stateNote(carded));
		this.#state.mark(view.state === "done" ? (view.outcome ?? "none") : view.state);
		this.#setTime(view, hostNow, carded.usual);
		const failures = view.failures === 0 ? "none failed" : `${formatCount(view.failures)} failed`;
		this.#calls.set(formatCount(view.calls), failures);
		this.#calls.mark(view.failures === 0 ? "" : "failures");
		const { costUsd, isCostPartial } = view;
		this.#cost.set(formatCost(costUsd, isCostPartial), costNote(view, detail?.usage ?? []));
	}

	/** Slower than 19 of 20 of its type is said by a word as well as by the colour. */
	#setTime(view: NodeView, hostNow: number, usual: UsualDuration | null): void {
		const { startedAt, endedAt } = view;
		const length = (endedAt ?? hostNow) - startedAt;
		const isSlow = usual !== null && length > usual.p95;
		const typical = usual === null ? "" : `typical ${formatDuration(usual.median)}`;
		const begin = `started ${formatClock(startedAt)}`;
		const times = endedAt === null ? begin : `${begin}, ended ${formatClock(endedAt)}`;
		const notes = [isSlow ? "slower than usual" : "", typical, times];
		this.#time.set(
			endedAt === null ? formatAge(length) : formatDuration(length),
			notes.filter(Boolean).join(", "),
		);
		this.#time.mark(isSlow ? "slow" : "");
	}
}

/** What is behind the state, where there is more to say than one word. */
function stateNote({ view, hostNow, quiet }: Carded): string {
	if (view.waiting !== null) {
		const tool = clip(toolName(view.waiting.tool), 40);
		return `${tool}, ${formatAge(hostNow - view.waiting.since)}`;
	}
	const doing = [clip(doingText(view, hostNow), 80), quiet].filter(Boolean).join(", ");
	if (doing !== "") return doing;
	if (view.stubs !== null) return `${formatCount(view.stubs)} stubs admitted`;
	if (view.state === "lost") return "nothing more was heard of it";
	if (isAlive(view) || view.kind === "session") return "";
	return view.outcome === null ? "no outcome reported" : `outcome ${endingWord(view.outcome)}`;
}

function costNote({ tokens, costUsd }: NodeView, usage: readonly ModelUsage[]): string {
	if (tokens === null) return costUsd === null ? "no transcript tells" : "";
	const price = costUsd === null ? "no price known, " : "";
	return [`${price}${formatTokens(tokens)} tokens`, cachedText(usage)].filter(Boolean).join(" · ");
}

/** How much of what was read came from the cache; empty where nothing was read. */
function cachedText(usage: readonly ModelUsage[]): string {
	let cached = 0;
	let all = 0;
	for (const { tokensIn, cacheRead, cacheWrite } of usage) {
		cached += cacheRead;
		all += tokensIn + cacheRead + cacheWrite;
	}
	return all === 0 ? "" : `${Math.round((100 * cached) / all)} % cached`;
}

/** A small labelled number with a note below. */
class Card {
	readonly element = el("div", { class: "card" });
	readonly #value = el("div", { class: "card-value" });
	readonly #note = el("div", { class: "card-note" });

	constructor(label: string) {
		this.element.append(el("div", { class: "card-label", text: label }), this.#value, this.#note);
	}

	set(value: string, note: string): void {
		setText(this.#value, value);
		setText(this.#note, note);
	}

	/** @param mark what gives its value a colour; empty for none */
	mark(mark: string): void {
		setAttribute(this.element, "data-mark", mark === "" ? null : mark);
	}
}
