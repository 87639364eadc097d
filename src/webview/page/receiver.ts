import { Usual } from "../../model/views/usualTimes.ts";
import type {
	GraphPatch,
	GraphSnapshot,
	NodeDetail,
	SessionSummary,
} from "../../model/views/view.ts";
import type {
	PanelSettings,
	ReasonMessage,
	RecordedMessage,
	SourceStatus,
	ViewFormat,
} from "../../protocol/messages.ts";
import type { HostHandlers } from "../host/hostLink.ts";
import { ClientLabels } from "../text/clientLabels.ts";
import type { Page } from "./page.ts";
import { toggleFinished } from "./viewSwitches.ts";

/** Does with the page what the host's messages ask for. */
export class Receiver implements HostHandlers {
	readonly #page: Page;
	/** Asked for before there was a picture to find it in. */
	#toReveal: string | null = null;

	constructor(page: Page) {
		this.#page = page;
	}

	onSnapshot(graph: GraphSnapshot, now: number): void {
		const page = this.#page;
		const { model } = page;
		if (page.panes.replay.picture.keepSnapshot(graph)) return;
		const isFirst = !model.hasSnapshot;
		model.clock.note(now, true);
		model.hasSnapshot = true;
		model.isOutdated = false;
		const { selected } = model;
		page.refreshScene(model.graph.reset(graph), "snapshot");
		if (isFirst) page.picture.rest();
		else page.recordings.askAgain();
		if (isFirst) page.parts.shell.live.introduce(graph.counters.alive);
		// The host of a page that comes back does not know what it had selected.
		const isStillSelected = selected !== null && model.selected === selected;
		if (isStillSelected) page.post({ type: "selected", id: selected });
		if (this.#toReveal !== null) page.camera.reveal(this.#toReveal);
		this.#toReveal = null;
	}

	onPatch(patch: GraphPatch, now: number): void {
		const page = this.#page;
		const { model } = page;
		const { live } = page.parts.shell;
		model.clock.note(now, false);
		if (page.panes.replay.picture.keepPatch(patch)) return;
		// Before the patch is applied: news are told from what was known until now.
		for (const view of patch.upserts) live.news.note(model.graph.get(view.key), view);
		const change = model.graph.apply(patch);
		model.tools.notePulses(patch.pulses);
		page.refreshScene(change, "patch");
		page.scene.pulse(patch.pulses, performance.now());
		live.update();
	}

	onSettings(settings: PanelSettings): void {
		this.#page.model.settings = settings;
		this.#page.model.usual = new Usual(settings.usualTimes);
		this.#page.model.clients = new ClientLabels(settings.clients);
		this.#page.applyMotion();
		this.#page.shown.refilter();
	}

	onStatus(status: SourceStatus): void {
		const { model } = this.#page;
		const isPast = status.source === "past" && model.status.source !== "past";
		model.status = status;
		// Of a session that is over all agents have finished.
		if (isPast && !model.isFinishedShown) toggleFinished(this.#page);
		this.#page.refreshParts();
	}

	onSelect(key: string | null, reveal: boolean): void {
		this.#page.selection.select(key);
		if (key === null || !reveal) return;
		if (this.#page.model.hasSnapshot) this.#page.camera.reveal(key);
		else this.#toReveal = key;
	}

	onHighlight(keys: readonly string[] | null): void {
		this.#page.narrowing.highlight(keys);
	}

	onDetail(detail: NodeDetail): void {
		const { model, panes } = this.#page;
		// Of a node as it is now, and not as it was.
		if (panes.replay.picture.isReplaying) return;
		model.tools.noteDetail(detail);
		// The selection may have moved on while the answer was under way.
		if (detail.key !== model.selected) return;
		model.detail = detail;
		this.#page.selection.askReason();
		this.#page.refreshParts();
	}

	onReason(reason: ReasonMessage): void {
		if (this.#page.model.reason.take(reason)) this.#page.refreshParts();
	}

	/** What is shown may have come just before: it is drawn first. */
	onExportView(format: ViewFormat): void {
		requestAnimationFrame(() => requestAnimationFrame(() => this.#page.exports.view(format)));
	}

	onSummary(summary: SessionSummary): void {
		this.#page.model.summary = summary;
		this.#page.refreshParts();
	}

	onRecorded(part: RecordedMessage): void {
		this.#page.recordings.take(part);
	}

	onOutdated(): void {
		this.#page.model.isOutdated = true;
		this.#page.refreshParts();
	}
}
