import type { PageMessage } from "../../protocol/messages.ts";
import type { Exports } from "../export/exports.ts";
import type { ShellHandlers } from "../parts/shell.ts";
import type { CameraControls } from "./cameraControls.ts";
import type { Narrowing } from "./narrowing.ts";
import type { NodeActions } from "./nodeActions.ts";
import type { NodeSelection } from "./nodeSelection.ts";
import type { NodeWalk } from "./nodeWalk.ts";
import type { PageParts } from "./pageParts.ts";
import type { Panes } from "./panes.ts";
import { type Switched, toggleBuckets, toggleFinished } from "./viewSwitches.ts";

/** What of the page its controls lead to; all of it is there once somebody can press one. */
interface Handled extends Switched {
	readonly actions: NodeActions;
	readonly camera: CameraControls;
	readonly exports: Exports;
	readonly narrowing: Narrowing;
	readonly panes: Panes;
	readonly parts: PageParts;
	readonly selection: NodeSelection;
	readonly walk: NodeWalk;
	escape(): boolean;
	post(message: PageMessage): void;
	toggleTable(): void;
}

/** What each control does with the page. */
export function handlersOf(page: Handled): ShellHandlers {
	return {
		onSearch: (query) => page.narrowing.search(query),
		onStep: (step) => page.narrowing.stepMatch(step),
		onFilters: (filters) => page.narrowing.setFilters(filters),
		onClearFilters: () => page.narrowing.setFilters(null),
		onZoom: (factor) => page.camera.zoomBy(factor),
		onFit: () => page.camera.fit(),
		onFollow: () => page.camera.toggleFollow(),
		onNextWait: () => page.walk.nextWait(),
		onTable: () => page.toggleTable(),
		onFinished: () => toggleFinished(page),
		onBuckets: () => toggleBuckets(page),
		onTimeline: () => page.panes.timeline.toggle(),
		onOpenTimeline: () => page.panes.timeline.show(),
		onKeys: () => page.parts.shell.keys.toggle(),
		onExport: (format) => page.exports.view(format),
		onExportSession: () => page.exports.session(),
		onGroup: (group) => page.narrowing.toggleGroup(group),
		onOpen: (key, byKeyboard) => openFromTable(page, key, byKeyboard),
		onOpenRowTranscript: (key) => page.actions.openTranscript(null, key),
		onCopyRowId: (key) => page.actions.copyId(key),
		onClose: () => page.escape(),
		onReplay: () => page.panes.replay.toggle(),
		onPlay: () => page.panes.replay.togglePlay(),
		onInvoke: (action) => page.post({ type: "invoke", action }),
		onCloseInspector: () => page.escape(),
		onCopyId: () => page.actions.copyId(),
		onOpenTranscript: (call) => page.actions.openTranscript(call),
		onOpenFile: (call) => page.actions.openFile(call),
	};
}

/** By keyboard the reader goes on in the inspector; a click leaves the focus where it is. */
function openFromTable(page: Handled, key: string, byKeyboard: boolean): void {
	page.selection.select(key);
	page.camera.reveal(key);
	if (byKeyboard) page.parts.shell.inspector.focus();
}
