import * as vscode from "vscode";
import type { LiveFeed } from "../../live/liveFeed.ts";
import type { Sequence } from "../../sequences/learned.ts";
import { Disposable } from "../disposable.ts";
import type { PanelRegistry } from "../panel/panelRegistry.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { agentKeys } from "./agentKeys.ts";
import type { SequencesTree } from "./sequencesTree.ts";

/** Someone who walks through the list with the arrow keys does not want each row looked up. */
const REST_MS = 250;

interface Parts {
	readonly tree: SequencesTree;
	readonly telemetry: TelemetryHost;
	readonly panels: PanelRegistry;
	readonly feed: LiveFeed;
}

/** Points out in the open panel which agents made the calls of the selected sequence. */
export class SequenceHighlight extends Disposable {
	readonly #parts: Parts;
	#timer: NodeJS.Timeout | undefined;
	#looking = new AbortController();

	constructor(parts: Parts) {
		super();
		this.#parts = parts;
		this._register(parts.tree.onDidSelect((sequence) => this.#selected(sequence)));
		this._register({ dispose: () => this.#stop() });
	}

	#selected(sequence: Sequence | null): void {
		this.#stop();
		if (sequence === null) this.#parts.panels.current?.highlight(null);
		else this.#timer = setTimeout(() => void this.#look(sequence.hash), REST_MS);
	}

	/** Which agents they are stands in the calls: they are searched, so an earlier search ends. */
	async #look(hash: string): Promise<void> {
		const { telemetry, panels, feed } = this.#parts;
		if (panels.current === null) return;
		this.#looking = new AbortController();
		const { signal } = this.#looking;
		try {
			const detail = await telemetry.current?.sequenceDetail(hash, { signal });
			if (signal.aborted) return;
			const keys = agentKeys(detail?.agents ?? [], feed.shown.snapshot().nodes);
			// To dim everything would say nothing.
			panels.current?.highlight(keys.length === 0 ? null : keys);
			if (keys.length > 0) return;
			vscode.window.setStatusBarMessage("None of the sequence's agents is in the graph", 3000);
		} catch {
			// Cancelled, or the telemetry was closed: nothing to point out.
		}
	}

	#stop(): void {
		clearTimeout(this.#timer);
		this.#looking.abort();
	}
}
