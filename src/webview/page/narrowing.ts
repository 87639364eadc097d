import type { TablePane } from "../parts/table/tablePane.ts";
import type { Filters } from "../state/filters.ts";
import type { Group } from "../state/groups.ts";
import type { PageModel } from "../state/pageModel.ts";
import type { CameraControls } from "./cameraControls.ts";
import type { ShownNodes } from "./shownNodes.ts";

/** What narrows the picture works with. */
interface NarrowingHost {
	readonly model: PageModel;
	readonly shown: ShownNodes;
	readonly table: TablePane;
	readonly camera: CameraControls;
	/** Text and controls follow at once. */
	updateParts(): void;
	save(): void;
}

/** What is looked for: matches of a search, what passes the filters, what a counter counts. */
export class Narrowing {
	readonly #host: NarrowingHost;
	/** The table was opened for a counter, and closes with it. */
	#isTableOfGroup = false;

	constructor(host: NarrowingHost) {
		this.#host = host;
	}

	/** Whether the table is open for itself. */
	get isTableChosen(): boolean {
		return this.#host.table.isOpen && !this.#isTableOfGroup;
	}

	/** Marks matches in the picture and narrows the table. */
	search(query: string): void {
		this.#host.model.search.set(query);
		this.#host.shown.mark();
		this.#host.save();
	}

	/** Leads to the next or previous match. */
	stepMatch(step: 1 | -1): void {
		const { shown, camera, updateParts } = this.#host;
		const key = shown.stepMatch(step);
		if (key !== null) camera.reveal(key);
		updateParts();
	}

	/** Dims all nodes but these; null dims none. */
	highlight(keys: readonly string[] | null): void {
		this.#host.model.search.highlighted = keys === null ? null : new Set(keys);
		this.#host.shown.mark();
	}

	/** Shows, lists and points out what a counter counts, whether it lives or not; null ends that. */
	setGroup(group: Group | null): void {
		const { model, table, shown, updateParts } = this.#host;
		const isListed = group !== null && model.search.group === null && !table.isOpen;
		if (isListed) table.isOpen = true;
		else if (group === null && this.#isTableOfGroup) table.isOpen = false;
		this.#isTableOfGroup = isListed || (group !== null && this.#isTableOfGroup);
		model.search.group = group;
		shown.refilter();
		updateParts();
	}

	/** A counter that is pressed again lets go. */
	toggleGroup(group: Group): void {
		this.setGroup(this.#host.model.search.group === group ? null : group);
	}

	/** `null` shows everything. */
	setFilters(filters: Filters | null): void {
		const { model, shown, save } = this.#host;
		if (filters === null) model.clearFilters();
		else model.ownFilters = filters;
		shown.refilter();
		save();
	}

	/** Ends what the host points out, else what a counter does; gives back whether there was either. */
	release(): boolean {
		const { highlighted, group } = this.#host.model.search;
		if (highlighted !== null) this.highlight(null);
		else if (group !== null) this.setGroup(null);
		else return false;
		return true;
	}
}
