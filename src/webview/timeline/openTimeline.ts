import type { Timeline, TimelineChange } from "../../model/timeline/timeline.ts";
import type { TimelineLine } from "../../model/timeline/timelineLines.ts";
import type { TimelineRow } from "../../model/timeline/timelineRow.ts";
import { formatClock } from "../../model/views/format.ts";
import type { Palette } from "../draw/colors/palette.ts";
import { idsOf } from "../page/nodeActions.ts";
import { show } from "../parts/dom.ts";
import { plural } from "../text/numbers.ts";
import { titleOf } from "../text/words.ts";
import { callName, resultWord } from "./callLines.ts";
import { TimelineGestures } from "./timelineGestures.ts";
import type { Hit } from "./timelineHit.ts";
import type { TimelineHost } from "./timelineHost.ts";
import { TimelineHover } from "./timelineHover.ts";
import { bindTimelineKeys } from "./timelineKeys.ts";
import { TimelinePane } from "./timelinePane.ts";
import { TimelinePicture } from "./timelinePicture.ts";
import { TimelineSelection } from "./timelineSelection.ts";

/** Calls at one place from which on a double click comes closer rather than opens one of them. */
const CROWD = 4;

/** The timeline while it is open: picture and table under one selection, and what is done to them. */
export class OpenTimeline {
	readonly #host: TimelineHost;
	readonly #pane: TimelinePane;
	readonly picture: TimelinePicture;
	readonly selection: TimelineSelection;
	readonly #hover: TimelineHover;
	/** What was clicked last, and where in the width that is shown. */
	#clicked: { readonly hit: Hit; readonly share: number } | null = null;

	constructor(host: TimelineHost, kept: { height: number; readonly cursor: number | null }) {
		this.#host = host;
		this.selection = new TimelineSelection(host.model, (key) => host.select(key));
		this.#pane = this.#makePane(kept);
		host.attach(this.#pane.element);
		const { canvas, scroll, space } = this.#pane;
		this.picture = new TimelinePicture(canvas, scroll, space, host.palette(), () => ({
			now: host.model.clock.now(),
			selected: this.selection.row,
			selectedCall: this.selection.call,
			cursor: kept.cursor,
		}));
		this.#hover = new TimelineHover(host.model, this.#pane.card, this.picture, canvas);
		this.#bind();
	}

	set isShown(isShown: boolean) {
		show(this.#pane.element, isShown);
	}

	set timeline(timeline: Timeline | null) {
		this.picture.timeline = timeline;
		this.selection.row = null;
		this.selection.call = null;
		this.#hover.hide();
	}

	focus(): void {
		if (this.#pane.isTable) this.#pane.table.focus(this.#line);
		else this.#pane.canvas.focus();
	}

	setPalette(palette: Palette): void {
		this.picture.setPalette(palette);
	}

	setNote(note: string): void {
		this.#pane.setNote(note);
	}

	invalidate(): void {
		this.picture.invalidate();
	}

	/** Something was recorded. */
	noteChange({ changed, isReordered }: TimelineChange): void {
		this.picture.noteChange(changed, isReordered);
		this.follow();
		if (changed.size > 0 || isReordered) this.#describe();
		this.#updateTable();
	}

	/** The page may have selected something else. */
	follow(): void {
		const { timeline } = this.picture;
		if (timeline === null || !this.selection.follow(timeline)) return;
		const { row } = this.selection;
		if (row !== null) this.picture.revealRow(row);
		this.#show();
	}

	tick(): void {
		this.picture.tick();
		this.#hover.update();
		this.#updateTable();
	}

	#makePane(kept: { height: number }): TimelinePane {
		const pane = new TimelinePane(
			{
				onZoom: (factor) => this.#zoom(factor, 0.5),
				onFit: () => this.#fit(),
				onTable: () => this.#toggleTable(),
				onHeight: () => {
					kept.height = pane.grip.height;
					this.#host.onChange();
				},
				table: {
					onPick: (row, call) => this.#pick(row, call),
					onOpen: (row, call) => this.#openTranscript(row, call),
				},
			},
			kept.height,
		);
		return pane;
	}

	#bind(): void {
		const picture = this.picture;
		new TimelineGestures(this.#pane.canvas, {
			onZoom: (factor, x) => this.#zoom(factor, this.#shareAt(x)),
			onPan: (dx, dy) => {
				picture.scrollBy(-dy);
				this.#pan(-dx / this.#plotWidth);
			},
			onHover: (place) => this.#hover.at(place),
			onClick: (x, y) => {
				const hit = picture.hit(x, y);
				this.#clicked = hit && { hit, share: this.#shareAt(x) };
				if (hit === null) this.selection.pick(null, null);
				else this.#pick(hit.row, callIn(hit));
				this.#show();
			},
			onDoubleClick: () => this.#doubleClick(),
		});
		bindTimelineKeys(this.#pane.canvas, {
			onRow: (step) => this.#stepRow(step),
			onCall: (step) => this.#stepCall(step),
			onPan: (share) => this.#pan(share),
			onScroll: (rows) => picture.scrollBy(rows * 24),
			onZoom: (factor) => this.#zoom(factor, 0.5),
			onFit: () => this.#fit(),
			onOpen: () => {
				const { row, call } = this.selection;
				if (row !== null) this.#openTranscript(row, call);
			},
		});
	}

	get #plotWidth(): number {
		const { left, right } = this.picture.geometry;
		return right - left;
	}

	#shareAt(x: number): number {
		return Math.min(1, Math.max(0, (x - this.picture.geometry.left) / this.#plotWidth));
	}

	get #line(): TimelineLine | null {
		const { row, callIndex } = this.selection;
		return row === null ? null : { row, call: callIndex };
	}

	#zoom(factor: number, share: number): void {
		this.picture.view.zoomBy(factor, share);
		this.#hover.hide();
		this.picture.invalidate();
	}

	#pan(share: number): void {
		this.picture.view.panBy(share);
		this.#hover.hide();
		this.picture.invalidate();
	}

	#fit(): void {
		this.picture.view.fit();
		this.picture.invalidate();
	}

	#toggleTable(): void {
		this.#pane.isTable = !this.#pane.isTable;
		this.#updateTable();
		this.focus();
		this.picture.invalidate();
	}

	#pick(row: TimelineRow, call: string | null): void {
		this.selection.pick(row, call);
		this.#show();
	}

	#doubleClick(): void {
		if (this.#clicked === null) return;
		const { hit, share } = this.#clicked;
		const isCrowd = hit.calls.length >= CROWD;
		if (isCrowd) this.#zoom(6, share);
		else this.#openTranscript(hit.row, callIn(hit));
	}

	#stepRow(step: 1 | -1): void {
		const rows = this.picture.timeline?.rows ?? [];
		const { row } = this.selection;
		const next = row === null ? rows[0] : rows[row.index + step];
		if (next === undefined) return;
		this.#pick(next, null);
		this.picture.revealRow(next);
		this.#pane.say(titleOf(next.view));
	}

	/** The first step leads to a call that can be seen. */
	#stepCall(step: 1 | -1): void {
		const row = this.selection.row ?? this.picture.timeline?.rows[0] ?? null;
		if (row === null || row.calls.count === 0) return;
		const { calls } = row;
		const { from } = this.picture.view.span;
		const before = this.selection.callIndex;
		const wanted = before < 0 ? calls.firstFrom(from) : before + step;
		const index = Math.min(Math.max(wanted, 0), calls.count - 1);
		const call = calls.calls[index];
		if (call === undefined) return;
		this.#pick(row, call.id);
		const start = calls.starts[index] ?? 0;
		this.picture.view.reveal({ from: start, until: start + (call.durationMs ?? 0) });
		this.picture.revealRow(row);
		this.#pane.say(`${callName(call)}, ${resultWord(call)}, ${formatClock(start)}`);
	}

	#openTranscript(row: TimelineRow, call: string | null): void {
		const { model, post } = this.#host;
		if (model.settings.canOpen) post({ type: "openTranscript", ...idsOf(row.view), call });
	}

	/** The selection has changed. */
	#show(): void {
		this.picture.invalidate();
		this.#updateTable();
	}

	#updateTable(): void {
		if (!this.#pane.isTable) return;
		this.#pane.table.update(this.picture.timeline, this.#line, this.#host.model.clock.now());
	}

	/** A canvas has no text of its own for screen readers. */
	#describe(): void {
		const { timeline } = this.picture;
		if (timeline === null) return;
		const { rows, callCount, from, until } = timeline;
		const what = `${plural(rows.length - 1, "agent")}, ${plural(callCount, "call")}`;
		const when = `${formatClock(from)} to ${formatClock(until)}`;
		this.#pane.describe(`Timeline: ${what}, ${when}. Arrow keys lead from call to call.`);
	}
}

/** tool_use_id of the call that was hit; null for none. */
function callIn({ row, call }: Hit): string | null {
	return row.calls.calls[call]?.id ?? null;
}
