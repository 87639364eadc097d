import type { BudgetState } from "../../insights/budgets/budgetStates.ts";
import type { InsightFilter } from "../../insights/filter.ts";
import type { BehindQuery, Insights, LookedUpCall } from "../../insights/insights.ts";
import {
	FIRST_VIEW,
	type InsightsView,
	partOf,
	queryOf,
	restoredView,
} from "../../insights/insightsView.ts";
import { lastDays, type Period } from "../../insights/period.ts";
import { LINE_DAYS } from "../../insights/series.ts";
import type { InsightsHostMessage, InsightsPageMessage } from "../../protocol/insightsMessages.ts";
import { el, show } from "../parts/dom.ts";
import { Throttle } from "../state/throttle.ts";
import { Asking } from "./asking.ts";
import type { SaveChart } from "./charts/chartFrame.ts";
import { Latest } from "./latest.ts";
import { budgetList } from "./parts/budgetList.ts";
import { Controls } from "./parts/controls.ts";
import { findings } from "./parts/findings.ts";
import { functionDetail } from "./parts/functionDetail.ts";
import { FunctionTable } from "./parts/functionTable.ts";
import { groupList } from "./parts/groupList.ts";
import { Headline } from "./parts/headline.ts";
import { Learned } from "./parts/learnedSection.ts";
import { NothingRecorded } from "./parts/nothingRecorded.ts";
import { sessionList } from "./parts/sessionList.ts";
import { Pictures } from "./pictures.ts";

/** Least time between two looks at what was recorded meanwhile, ms. */
const LOOK_EVERY_MS = 30_000;
/** When what is being read is looked for again, ms. */
const BEHIND_MS = 2000;
/** The same for proposals, which somebody may just have decided on, ms. */
const LEARN_EVERY_MS = 2000;

/** The page of figures. */
export class InsightsPage {
	readonly #post: (message: InsightsPageMessage) => void;
	readonly #asking: Asking;
	readonly #save: SaveChart;
	readonly #controls = new Controls((change) => this.#change(change));
	readonly #headline = new Headline();
	readonly #pictures: Pictures;
	readonly #learned: Learned;
	readonly #functions: FunctionTable;
	readonly #budgets = el("div", { class: "budget-row" });
	readonly #detail = el("div", { class: "wide" });
	readonly #groups = el("div", { class: "groups" });
	readonly #findings = el("div", { class: "groups" });
	readonly #nothing = new NothingRecorded(() => this.#change({ days: 0, part: null, filter: {} }));
	/** What has nothing to show where nothing was recorded in the period. */
	readonly #ofPeriod: readonly HTMLElement[];
	readonly #problem = el("p", { class: "problem", attrs: { role: "alert" } });
	readonly #looking = new Throttle(LOOK_EVERY_MS, () => void this.#refresh());
	readonly #learning = new Throttle(
		LEARN_EVERY_MS,
		() => void this.#attempt(() => this.#learned.refresh()),
	);
	#view = FIRST_VIEW;
	#canOpen = false;
	/** Whether the figures of the period tell of anything but calls, which the table knows. */
	#hasUsage = true;
	readonly #figures = new Latest();
	readonly #opened = new Latest();
	/** How many times the page is being filled. */
	#filling = 0;
	#names: Insights["names"] | null = null;
	#later: number | undefined;

	constructor(root: HTMLElement, post: (message: InsightsPageMessage) => void) {
		this.#post = post;
		this.#asking = new Asking(post);
		const save: SaveChart = (mime, name, data) => post({ type: "save", mime, name, data });
		this.#save = save;
		this.#pictures = new Pictures({
			save,
			onPart: (name, grain) => this.#change({ part: partOf(name, grain) }),
			onWeekHour: (weekHour) => this.#narrow({ weekHour }),
		});
		this.#learned = new Learned({
			save,
			canOpen: () => this.#canOpen,
			ask: (showsAll) => this.#asking.ask("learned", { showsAll }),
			callsBehind: (hash) => this.#behind("proposal", hash, { from: 0, until: Date.now() + 1 }),
			onCall: (call) => this.#openCall(call),
			onProposal: (hash, action) => post({ type: "proposal", hash, action }),
			onSequence: (hash) => post({ type: "openSequence", hash }),
			onFunction: (functionId) => void this.#openFunction(functionId),
			refresh: () => void this.#attempt(() => this.#learned.refresh()),
		});
		this.#functions = new FunctionTable({
			rows: (offset, limit) => this.#rows(offset, limit),
			series: (functionIds) =>
				this.#asking.ask("series", {
					...lastDays(LINE_DAYS, Date.now()),
					grain: "day",
					filter: this.#view.filter,
					functionIds,
				}),
			onShown: ({ all }) => {
				this.#headline.showCalls(all);
				this.#showNothing(!this.#hasUsage && all.calls === 0);
			},
			onOpen: (functionId) => void this.#openFunction(functionId),
			onChange: (change) => this.#change(change),
		});
		show(this.#problem, false);
		const usage = el("div", { class: "two" }, this.#pictures.cost, this.#pictures.hours);
		const functions = this.#functions.root;
		this.#ofPeriod = [
			usage,
			functions,
			this.#detail,
			this.#groups,
			this.#pictures.health,
			this.#findings,
		];
		root.append(
			el(
				"div",
				{ class: "insights" },
				el("h1", { class: "visually-hidden", text: "Insights" }),
				el("header", { class: "insight-head" }, this.#headline.root, this.#controls.root),
				this.#budgets,
				this.#problem,
				this.#nothing.root,
				usage,
				el("div", { class: "table-and-cards" }, functions, this.#learned.proposals),
				this.#detail,
				this.#groups,
				el("div", { class: "two" }, this.#learned.sequences, this.#pictures.health),
				this.#findings,
			),
		);
	}

	receive(message: InsightsHostMessage): void {
		if (this.#asking.receive(message)) return;
		if (message.type === "changed") {
			this.#looking.call();
			this.#learning.call();
		}
		if (message.type !== "settings") return;
		this.#canOpen = message.canOpen;
		this.#view = restoredView(message.view);
		this.#controls.update(this.#view, null);
		void this.#refresh();
	}

	#change(change: Partial<InsightsView>): void {
		this.#view = { ...this.#view, ...change };
		this.#post({ type: "remember", view: this.#view });
		this.#controls.update(this.#view, this.#names);
		const isTableOnly = Object.keys(change).every((name) => TABLE_ONLY.has(name));
		if (isTableOnly) void this.#attempt(() => this.#functions.refresh(this.#view));
		else void this.#refresh();
	}

	#narrow(filter: InsightFilter): void {
		this.#change({ filter: { ...this.#view.filter, ...filter } });
	}

	async #refresh(): Promise<void> {
		this.#filling++;
		document.body.classList.add("loading");
		await this.#attempt(async () => {
			const answers = await this.#figures.of(this.#askFigures());
			if (answers === null) return;
			const { insights, spent } = answers;
			if (insights.isBehind) this.#lookAgain();
			this.#budgets.replaceChildren(...(spent.length === 0 ? [] : [budgetList(spent)]));
			this.#show(insights, spent);
			await this.#functions.refresh(this.#view);
			await this.#learned.refresh();
		});
		if (--this.#filling === 0) document.body.classList.remove("loading");
	}

	async #askFigures() {
		const insights = await this.#asking.ask("insights", queryOf(this.#view, Date.now()));
		return { insights, spent: await this.#asking.ask("budgets", {}) };
	}

	/** What cannot be answered is said in place, and the rest of the page stays. */
	async #attempt(act: () => Promise<void>): Promise<void> {
		try {
			await act();
			show(this.#problem, false);
		} catch (error) {
			this.#problem.textContent = `The figures could not be read: ${error instanceof Error ? error.message : String(error)}`;
			show(this.#problem, true);
		}
	}

	async #rows(offset: number, limit: number) {
		const { sortedBy, isDescending, text, prefix, withUnused } = this.#view;
		const answer = await this.#asking.ask("functions", {
			...queryOf(this.#view, Date.now()),
			sortedBy,
			isDescending,
			text,
			prefix,
			withUnused,
			offset,
			limit,
		});
		if (answer.isBehind) this.#lookAgain();
		return answer;
	}

	/** For what was recorded since. */
	#lookAgain(): void {
		window.clearTimeout(this.#later);
		this.#later = window.setTimeout(() => void this.#refresh(), BEHIND_MS);
	}

	#show(insights: Insights, spent: readonly BudgetState[]): void {
		this.#names = insights.names;
		this.#hasUsage = insights.sessions > 0 || insights.usage.total.messages > 0;
		this.#controls.update(this.#view, insights.names);
		this.#headline.showUsage(insights);
		this.#pictures.show(insights, spent);
		const { usage } = insights;
		this.#groups.replaceChildren(
			groupList("Projects", usage.projects, (project) => this.#narrow({ project })),
			groupList("Models", usage.models, (model) => this.#narrow({ model })),
			groupList("Agent types", usage.agentTypes, (agentType) => this.#narrow({ agentType })),
			groupList("Agent types with all they launched", usage.agentFamilies, (agentType) =>
				this.#narrow({ agentType }),
			),
			sessionList(usage.sessions, {
				canOpen: this.#canOpen,
				titles: (sessions) => this.#asking.ask("titles", { sessions }),
				onOpen: (session) => this.#post({ type: "openSession", session }),
				onNarrow: (session) => this.#narrow({ session }),
			}),
		);
		const { from, until } = insights.query;
		this.#findings.replaceChildren(
			...findings(insights, {
				canOpen: this.#canOpen,
				behind: (what, id) => this.#behind(what, id, insights.query),
				script: (id) => this.#asking.ask("script", { id, from, until }),
				onFile: (functionId) => this.#openFile(functionId),
				onCall: (call) => this.#openCall(call),
			}),
		);
	}

	/** One sentence where each of the figures would say by itself that it has none. */
	#showNothing(isNothing: boolean): void {
		this.#nothing.update(isNothing, this.#view);
		for (const part of this.#ofPeriod) show(part, !isNothing);
	}

	async #openFunction(functionId: string): Promise<void> {
		this.#functions.mark(functionId);
		await this.#attempt(async () => {
			const query = queryOf(this.#view, Date.now());
			const opened = await this.#opened.of(this.#asking.ask("function", { ...query, functionId }));
			if (opened === null) return;
			const made = functionDetail(opened, {
				canOpen: this.#canOpen,
				onClose: () => this.#closeFunction(),
				onFile: (id) => this.#openFile(id),
				onFunction: (id) => void this.#openFunction(id),
				onNarrow: (filter) => this.#narrow(filter),
				onPart: (name) => this.#change({ part: partOf(name, "day") }),
				onCompare: (id) => this.#post({ type: "compareVersions", functionId: id }),
				onCall: (call) => this.#openCall(call),
				save: this.#save,
				callsOf: (wanted) => this.#asking.ask("callsOf", { ...query, ...wanted }),
				broke: (rule, own) => this.#behind("violation", rule, query, own),
			});
			this.#detail.replaceChildren(made);
			made.focus();
		});
	}

	#behind(what: BehindQuery["what"], id: string, { from, until }: Period, functionId?: string) {
		return this.#asking.ask("behind", { what, id, from, until, functionId });
	}

	#openFile(functionId: string): void {
		this.#post({ type: "openFunction", functionId });
	}

	#openCall({ sessionId, agentId, toolUseId }: LookedUpCall): void {
		this.#post({ type: "openCall", session: sessionId, agent: agentId, call: toolUseId });
	}

	#closeFunction(): void {
		this.#opened.forget();
		this.#detail.replaceChildren();
		this.#functions.mark(null);
	}
}

/** Parts of the view that nothing but the table of functions depends on. */
const TABLE_ONLY: ReadonlySet<string> = new Set([
	"sortedBy",
	"isDescending",
	"text",
	"prefix",
	"withUnused",
]);
