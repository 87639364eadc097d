import type { MirrorChange } from "../../model/views/graphMirror.ts";
import type { PageMessage } from "../../protocol/messages.ts";
import type { Palette } from "../draw/colors/palette.ts";
import type { Shell } from "../parts/shell.ts";
import type { Picture } from "../picture.ts";
import { ReplayKeeper } from "../replay/replayKeeper.ts";
import { describe } from "../scene/describe.ts";
import type { Scene, SceneUpdate } from "../scene/scene.ts";
import type { PageModel } from "../state/pageModel.ts";
import type { Recordings } from "../state/recordings.ts";
import { TimelineKeeper } from "../timeline/timelineKeeper.ts";

/** What panes below the picture work with. */
interface PaneHost {
	readonly model: PageModel;
	readonly scene: Scene;
	readonly picture: Picture;
	readonly recordings: Recordings;
	readonly shell: Shell;
	palette(): Palette;
	select(key: string | null): void;
	/** Asks for details of a node. */
	inspect(key: string | null): void;
	askReason(): void;
	post(message: PageMessage): void;
	refreshScene(change: MirrorChange, kind: SceneUpdate["kind"]): void;
	refreshParts(): void;
	chosen(): void;
}

/** The panes below the picture that tell what happened: both open where they were left open. */
export class Panes {
	readonly timeline: TimelineKeeper;
	readonly replay: ReplayKeeper;

	constructor(host: PaneHost) {
		const { shell } = host;
		this.timeline = new TimelineKeeper({
			...host,
			attach: (element) => shell.addBelowPicture(element),
			onChange: () => host.chosen(),
			onClosed: () => shell.toolbar.timelineButton.focus(),
		});
		this.replay = new ReplayKeeper({
			...host,
			show: (change, kind) => {
				host.refreshScene(change, kind);
				describe(host.scene.nodes.values(), host.model.clock.now(), host.model.usual);
			},
			pulse: (pulses) => host.scene.pulse(pulses, performance.now()),
			wake: () => host.picture.wake(),
			onMoment: (time) => {
				this.timeline.cursor = time;
			},
			onChange: () => host.chosen(),
			onClosed: () => shell.toolbar.replayButton.focus(),
		});
		shell.addAtBottom(this.replay.strip.element);
	}
}
