import { SPEEDS, type Speed } from "../../model/replay/playback.ts";
import type { Histogram } from "../../model/replay/times.ts";
import { formatClock, formatDuration } from "../../model/views/format.ts";
import { button, el, setAttribute, setText, show } from "../parts/dom.ts";
import { type IconName, icon } from "../parts/icons.ts";
import { plural } from "../text/numbers.ts";
import { TimeSlider } from "./timeSlider.ts";

/** What the strip asks for. */
export interface ReplayHandlers {
	onPlay(): void;
	/** One event on or back. */
	onStepEvent(step: 1 | -1): void;
	onSpeed(speed: Speed): void;
	onSkipPauses(): void;
	/** @param share of the whole time, 0 to 1 */
	onSeek(share: number): void;
	onLive(): void;
}

/** What the strip shows. */
interface ReplayState {
	/** Nothing has come yet, it is read, or there is nothing to read. */
	readonly phase: "reading" | "ready" | "nothing";
	/** ms since the epoch, as is `until`. */
	readonly from: number;
	readonly until: number;
	/** The moment that is shown; null for live. */
	readonly time: number | null;
	readonly isPlaying: boolean;
	readonly speed: Speed;
	readonly skipsPauses: boolean;
	/** Events told since the replay began. */
	readonly news: number;
	/** A session that is over has no live picture, but a whole one. */
	readonly isPast: boolean;
}

/** The strip below the picture that leads to any moment of a session. */
export class ReplayStrip {
	readonly element: HTMLElement;
	readonly #play: HTMLButtonElement;
	readonly #steps: readonly HTMLButtonElement[];
	readonly #speed = el("select", { class: "select", attrs: { "aria-label": "Speed" } });
	readonly #pauses: HTMLButtonElement;
	readonly #moment = el("span", { class: "replay-moment" });
	readonly #note = el("span", { class: "replay-note", attrs: { role: "status" } });
	readonly #live: HTMLButtonElement;
	readonly #slider: TimeSlider;
	#isPlaying: boolean | null = null;

	constructor(handlers: ReplayHandlers) {
		this.#slider = new TimeSlider({
			onSeek: (share) => handlers.onSeek(share),
			onStep: (step) => handlers.onStepEvent(step),
			onLive: () => handlers.onLive(),
		});
		this.#play = iconButton("play", "Play (Space)", () => handlers.onPlay());
		this.#steps = [
			iconButton("back", "One event back (,)", () => handlers.onStepEvent(-1)),
			iconButton("onward", "One event on (.)", () => handlers.onStepEvent(1)),
		];
		this.#pauses = button("Skip pauses", { class: "button toggle" }, () => handlers.onSkipPauses());
		this.#live = button("Live", { class: "button" }, () => handlers.onLive());
		const options = SPEEDS.map((speed) =>
			el("option", { text: `${speed}×`, attrs: { value: String(speed) } }),
		);
		this.#speed.append(...options);
		this.#speed.addEventListener("change", () => {
			const speed = SPEEDS.find((each) => String(each) === this.#speed.value);
			if (speed !== undefined) handlers.onSpeed(speed);
		});
		const [back, onward] = this.#steps;
		const controls = el("div", { class: "replay-controls" }, back ?? "", this.#play, onward ?? "");
		this.element = el(
			"section",
			{ class: "replay", attrs: { "aria-label": "Replay" } },
			controls,
			this.#speed,
			this.#pauses,
			this.#moment,
			this.#slider.element,
			this.#note,
			this.#live,
		);
		show(this.element, false);
	}

	set isShown(isShown: boolean) {
		show(this.element, isShown);
	}

	focus(): void {
		this.#slider.element.focus();
	}

	setHistogram(histogram: Histogram): void {
		this.#slider.setHistogram(histogram);
	}

	update(state: ReplayState): void {
		const isReady = state.phase === "ready";
		for (const control of [this.#play, ...this.#steps]) control.disabled = !isReady;
		this.#updatePlay(state.isPlaying);
		this.#speed.value = String(state.speed);
		setAttribute(this.#pauses, "aria-pressed", String(state.skipsPauses));
		this.#updateMoment(state);
		setText(this.#note, noteOf(state));
		this.#updateLive(state);
	}

	#updateLive({ time, isPast }: ReplayState): void {
		const word = isPast ? "Whole" : "Live";
		const isLive = time === null;
		setText(this.#live, `${isLive ? "●" : "→"} ${word}`);
		setAttribute(this.#live, "aria-label", word);
		setAttribute(this.#live, "aria-pressed", String(isLive));
		this.#live.title = isPast ? "Back to the whole session (Esc)" : "Back to live (Esc)";
		this.#live.classList.toggle("primary", !isLive);
	}

	#updatePlay(isPlaying: boolean): void {
		if (isPlaying === this.#isPlaying) return;
		this.#isPlaying = isPlaying;
		const label = isPlaying ? "Pause (Space)" : "Play (Space)";
		this.#play.replaceChildren(icon(isPlaying ? "pause" : "play"));
		this.#play.title = label;
		setAttribute(this.#play, "aria-label", label);
	}

	#updateMoment({ phase, from, until, time }: ReplayState): void {
		const length = Math.max(1, until - from);
		const at = time ?? until;
		const isReady = phase === "ready";
		setText(this.#moment, isReady ? formatClock(at) : "");
		const share = Math.min(1, Math.max(0, (at - from) / length));
		const gone = `${formatDuration(at - from)} of ${formatDuration(length)}`;
		const text =
			time === null ? `live, ${formatDuration(length)} in all` : `${formatClock(at)}, ${gone}`;
		this.#slider.setMoment(share, length / 1000, isReady ? text : "not read yet");
	}
}

function noteOf({ phase, news }: ReplayState): string {
	if (phase === "reading") return "Reading the session …";
	if (phase === "nothing") return "Nothing is recorded of this session";
	return news === 0 ? "" : `${plural(news, "new event")}`;
}

function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
	const attrs = { type: "button", "aria-label": label };
	const element = el("button", { class: "icon-button", title: label, attrs }, icon(name));
	element.addEventListener("click", onClick);
	return element;
}
