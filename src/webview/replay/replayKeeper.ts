import { playedTo } from "../../model/replay/playback.ts";
import { histogramOf, lastBefore, nextAfter } from "../../model/replay/times.ts";
import type { Recordings } from "../state/recordings.ts";
import { Throttle } from "../state/throttle.ts";
import { Player } from "./player.ts";
import { ReplayedGraph } from "./replayedGraph.ts";
import { type PictureHost, ReplayedPicture } from "./replayedPicture.ts";
import { type ReplayHandlers, ReplayStrip } from "./replayStrip.ts";

/** Bars of the histogram. */
const PARTS = 200;
/** Least time between two looks at what was recorded, ms. */
const REFRESH_EVERY_MS = 1000;
/** Least time between two moments that are shown while it plays, ms: as for patches of the live picture. */
const SHOW_EVERY_MS = 50;

/** What a replay needs of the page around it. */
interface ReplayHost extends PictureHost {
	readonly recordings: Recordings;
	/** Asks for a frame; each calls {@link ReplayKeeper.frame}. */
	wake(): void;
	/** Another moment is shown, ms since the epoch; null for live. */
	onMoment(time: number | null): void;
	/** It was opened or closed: that is to be kept. */
	onChange(): void;
	/** Leaves the focus with the button that opens it. */
	onClosed(): void;
}

/** Opens and closes the replay of the session in focus, plays it, and leads to any moment of it. */
export class ReplayKeeper {
	readonly strip: ReplayStrip;
	readonly picture: ReplayedPicture;
	readonly #host: ReplayHost;
	readonly #player = new Player();
	readonly #refreshing = new Throttle(REFRESH_EVERY_MS, () => this.#refresh());
	#isOpen = false;
	/** Playing was asked for before there was anything to play. */
	#isPlayDue = false;
	/** Frame clock of the moment that was shown last. */
	#shownAt = 0;
	#preparing: ReturnType<typeof setTimeout> | undefined;

	constructor(host: ReplayHost) {
		this.#host = host;
		this.picture = new ReplayedPicture(host);
		this.strip = new ReplayStrip(this.#handlers());
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** The focus goes to the moment, and back to the button that opens it. */
	toggle(): void {
		if (this.#isOpen) {
			this.#close();
			this.#host.onClosed();
		} else {
			this.open();
			this.strip.focus();
		}
		this.#host.onChange();
	}

	open(): void {
		this.#isOpen = true;
		this.follow();
		this.#update();
	}

	/** Plays on, from the beginning where nothing is replayed yet, or pauses. */
	togglePlay(): void {
		if (!this.#isOpen) this.toggle();
		if (!this.#isReady) this.#isPlayDue = !this.#isPlayDue;
		else if (this.#player.isPlaying) this.#player.isPlaying = false;
		else this.#play();
		this.#update();
	}

	/** One event on or back. */
	stepEvent(step: 1 | -1): void {
		const recording = this.picture.graph?.recording;
		if (recording === undefined || !this.#isReady) return;
		const time = this.picture.time ?? recording.until;
		const find = step === 1 ? nextAfter : lastBefore;
		const next = this.picture.time === null && step === 1 ? null : find(recording.events, time);
		this.#player.isPlaying = false;
		if (next !== null) this.picture.show(next);
		else if (step === 1) this.picture.backToLive();
		this.#update();
	}

	/** The live picture again; gives back whether another one was shown. */
	backToLive(): boolean {
		this.#player.isPlaying = false;
		const wasReplaying = this.picture.backToLive();
		this.#update();
		return wasReplaying;
	}

	/** The selection, or what there is to replay, may have changed. */
	follow(): void {
		if (!this.#isOpen || this.picture.isReplaying) return;
		const { model, recordings } = this.#host;
		const session = model.sessionInFocus();
		if (session === undefined || recordings.isWantedBy(this, session)) return;
		recordings.want(this, session, () => this.#recorded());
	}

	/** Plays on by as much as time has passed; gives back whether it goes on. @param now frame clock */
	frame(now: number): boolean {
		const { graph, time } = this.picture;
		if (!this.#player.isPlaying || time === null || graph === null) return false;
		if (now - this.#shownAt < SHOW_EVERY_MS) return true;
		this.#shownAt = now;
		const { events, until } = graph.recording;
		const next = playedTo(events, time, this.#player.step(now), this.#player.skipsPauses);
		if (next < until) this.picture.goOn(next);
		else this.backToLive();
		this.#update();
		return this.#player.isPlaying;
	}

	get #isReady(): boolean {
		return (this.picture.graph?.recording.from ?? 0) > 0;
	}

	#handlers(): ReplayHandlers {
		return {
			onPlay: () => this.togglePlay(),
			onStepEvent: (step) => this.stepEvent(step),
			onLive: () => this.backToLive(),
			onSeek: (share) => this.#seek(share),
			onSpeed: (speed) => {
				this.#player.speed = speed;
				this.#update();
			},
			onSkipPauses: () => {
				this.#player.skipsPauses = !this.#player.skipsPauses;
				this.#update();
			},
		};
	}

	#close(): void {
		this.backToLive();
		this.#isOpen = false;
		this.#isPlayDue = false;
		this.#forget();
		this.#host.recordings.release(this);
		this.#update();
	}

	#seek(share: number): void {
		const recording = this.picture.graph?.recording;
		if (recording === undefined || !this.#isReady) return;
		const { from, until } = recording;
		this.picture.show(from + (until - from) * share);
		this.#update();
	}

	#play(): void {
		const from = this.picture.time ?? this.picture.graph?.recording.from ?? 0;
		this.#isPlayDue = false;
		this.picture.show(from);
		this.#player.isPlaying = true;
		this.#host.wake();
	}

	/** More was recorded, or of another session. */
	#recorded(): void {
		const { current, isWhole } = this.#host.recordings;
		const isSame = current !== null && current === this.picture.graph?.recording;
		if (isSame && isWhole) this.#refreshing.call();
		else if (current !== null && isWhole) this.#refreshing.flush();
		else this.#forget();
	}

	#forget(): void {
		clearTimeout(this.#preparing);
		this.backToLive();
		this.picture.graph = null;
		this.#update();
	}

	#refresh(): void {
		const { recordings, model } = this.#host;
		const { current, isWhole } = recordings;
		if (!this.#isOpen || current === null || !isWhole) return;
		if (current !== this.picture.graph?.recording) {
			this.#forget();
			this.picture.graph = new ReplayedGraph(current, model.settings.lostAfterMs);
		}
		this.picture.graph?.refresh();
		this.#prepare();
		this.strip.setHistogram(histogramOf(current.events, current.from, current.until, PARTS));
		if (this.#isPlayDue && this.#isReady) this.#play();
		this.#update();
	}

	/** A little at a time, until every moment is near. */
	#prepare(): void {
		clearTimeout(this.#preparing);
		this.#preparing = setTimeout(() => {
			if (this.picture.graph?.prepare() === true) this.#prepare();
		});
	}

	#update(): void {
		const { graph, time, news } = this.picture;
		const read = this.#isReady ? "ready" : "nothing";
		this.#host.onMoment(time);
		this.strip.isShown = this.#isOpen;
		this.strip.update({
			phase: graph === null ? "reading" : read,
			from: graph?.recording.from ?? 0,
			until: graph?.recording.until ?? 0,
			time,
			news,
			isPlaying: this.#player.isPlaying,
			speed: this.#player.speed,
			skipsPauses: this.#player.skipsPauses,
			isPast: this.#host.model.status.source === "past",
		});
	}
}
