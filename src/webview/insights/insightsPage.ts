import type { BudgetState } from "../../insights/budgets/budgetStates.ts";
import type { InsightFilter } from "../../insights/filter.ts";
import type { Insights } from "../../insights/insights.ts";
import { lastDays } from "../../insights/period.ts";
import { LINE_DAYS } from "../../insights/series.ts";
import { formatCost } from "../../model/views/format.ts";
import type { InsightsHostMessage, InsightsPageMessage } from "../../protocol/insightsMessages.ts";
import { el, show } from "../parts/dom.ts";
import { Throttle } from "../state/throttle.ts";
import { familyOf, modelName } from "../text/words.ts";
import { Asking } from "./asking.ts";
import { ChartFrame, type SaveChart } from "./charts/chartFrame.ts";
import { flowPicture } from "./charts/flow.ts";
import { heatGrid, weekHourName } from "./charts/heatGrid.ts";
import { lineChart } from "./charts/lineChart.ts";
import { stackedBars } from "./charts/stackedBars.ts";
import { FIRST_VIEW, type InsightsView, partOf, queryOf, restoredView } from "./insightsView.ts";
import { budgetLimit, budgetList } from "./parts/budgetList.ts";
import { Controls } from "./parts/controls.ts";
import { findings } from "./parts/findings.ts";
import { functionDetail } from "./parts/functionDetail.ts";
import { FunctionTable } from "./parts/functionTable.ts";
import { groupList } from "./parts/groupList.ts";
import { Headline } from "./parts/headline.ts";
import { sessionList } from "./parts/sessionList.ts";
import { worthDoing } from "./parts/worthDoing.ts";

/** Least time between two looks at what was recorded meanwhile, ms. */
const LOOK_EVERY_MS = 30_000;
/** The same for proposals, which somebody may just have decided on, ms. */
const LEARN_EVERY_MS = 2000;

/** The page of figures. */
export class InsightsPage {
	readonly #post: (message: InsightsPageMessage) => void;
	readonly #asking: Asking;
	readonly #controls = new Controls((change) => this.#change(change));
	readonly #headline = new Headline();
	readonly #cost: ChartFrame;
	readonly #hours: ChartFrame;
	readonly #health: ChartFrame;
	readonly #flow: ChartFrame;
	readonly #functions: FunctionTable;
	readonly #budgets = el("div", { class: "budget-row" });
	readonly #worthDoing = el("div");
	readonly #detail = el("div", { class: "wide" });
	readonly #groups = el("div", { class: "groups" });
	readonly #findings = el("div", { class: "groups" });
	readonly #problem = el("p", { class: "problem", attrs: { role: "alert" } });
	readonly #looking = new Throttle(LOOK_EVERY_MS, () => void this.#refresh());
	readonly #learning = new Throttle(
		LEARN_EVERY_MS,
		() => void this.#attempt(() => this.#showLearned()),
	);
	#view = FIRST_VIEW;
	#canOpen = false;
	#asked = 0;
	#showsAll = false;
	#names: Insights["names"] | null = null;
	#spent: readonly BudgetState[] = [];

	constructor(root: HTMLElement, post: (message: InsightsPageMessage) => void) {
		this.#post = post;
		this.#asking = new Asking(post);
		const save: SaveChart = (mime, name, data) => post({ type: "save", mime, name, data });
		this.#cost = new ChartFrame("Cost", save);
		this.#hours = new ChartFrame("When agents work", save);
		this.#health = new ChartFrame("Health of sessions", save);
		this.#flow = new ChartFrame("Sequences", save);
		this.#functions = new FunctionTable({
			rows: (offset, limit) => this.#rows(offset, limit),
			series: (functionIds) =>
				this.#asking.ask("series", {
					...lastDays(LINE_DAYS, Date.now()),
					grain: "day",
					filter: this.#view.filter,
					functionIds,
				}),
			onOpen: (functionId) => void this.#openFunction(functionId),
			onChange: (change) => this.#change(change),
		});
		show(this.#problem, false);
		root.append(
			el(
				"div",
				{ class: "insights" },
				el("h1", { class: "visually-hidden", text: "Insights" }),
				el("header", { class: "insight-head" }, this.#headline.root, this.#controls.root),
				this.#budgets,
				this.#problem,
				el("div", { class: "two" }, this.#cost.root, this.#hours.root),
				el("div", { class: "table-and-cards" }, this.#functions.root, this.#worthDoing),
				this.#detail,
				this.#groups,
				el("div", { class: "two" }, this.#flow.root, this.#health.root),
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
		const asked = ++this.#asked;
		document.body.classList.add("loading");
		await this.#attempt(async () => {
			const insights = await this.#asking.ask("insights", queryOf(this.#view, Date.now()));
			const spent = await this.#asking.ask("budgets", {});
			if (asked !== this.#asked) return;
			this.#spent = spent;
			this.#budgets.replaceChildren(...(spent.length === 0 ? [] : [budgetList(spent)]));
			this.#show(insights);
			await this.#functions.refresh(this.#view);
			await this.#showLearned();
		});
		if (asked === this.#asked) document.body.classList.remove("loading");
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
		this.#headline.showCalls(answer.all);
		return answer;
	}

	#show(insights: Insights): void {
		this.#names = insights.names;
		this.#controls.update(this.#view, insights.names);
		this.#headline.showUsage(insights);
		this.#showCost(insights);
		this.#showHours(insights);
		this.#showHealth(insights);
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
		this.#findings.replaceChildren(...findings(insights));
	}

	#showCost({ query, usage }: Insights): void {
		const names = usage.over.map(({ name }) => name);
		const isEmpty = usage.total.messages === 0;
		const parts = usage.overByModel.map(({ name, costUsd }) => ({
			name: modelName(name),
			class: `model ${familyOf(name)}`,
			values: costUsd,
		}));
		const bars = {
			names: names.map((name) => (query.grain === "hour" ? name.slice(11) : name.slice(5))),
			parts,
			label: `Cost by ${query.grain}`,
			format: (value: number) => formatCost(value),
			limit: budgetLimit(this.#spent, query),
			onTake: (index: number) => this.#change({ part: partOf(names[index] ?? "", query.grain) }),
		};
		const rows = usage.over.map(({ name, costUsd, tokensIn, tokensOut, cacheRead, cacheWrite }) => [
			name,
			costUsd,
			tokensIn,
			tokensOut,
			cacheRead,
			cacheWrite,
		]);
		this.#cost.show(
			isEmpty ? null : (width) => stackedBars(bars, width),
			{ head: [query.grain, "cost USD", "input", "output", "cache read", "cache write"], rows },
			`by ${query.grain} and model; a bar opens it`,
			"No tokens are known of this period: they stand in the transcripts that clients keep.",
		);
	}

	#showHours({ usage }: Insights): void {
		const values = usage.weekHours.map(({ messages }) => messages);
		const draw = (width: number) =>
			heatGrid(
				values,
				"Messages by hour of the week",
				(value) => `${value.toLocaleString("en-US")} messages`,
				(weekHour) => this.#narrow({ weekHour }),
				width,
			);
		const rows = usage.weekHours.map(({ messages, costUsd }, hour) => [
			weekHourName(hour),
			messages,
			costUsd,
		]);
		this.#hours.show(
			usage.total.messages === 0 ? null : draw,
			{ head: ["hour", "messages", "cost USD"], rows },
			"messages by hour of the week; a cell narrows the page to it",
			"Nothing was done in this period.",
		);
	}

	#showHealth({ health, query }: Insights): void {
		const isKnown = health.some((each) => each.health !== null);
		const draw = (width: number) =>
			lineChart(
				health.map((each) => each.health),
				health.map(({ name }) => (query.grain === "hour" ? name.slice(11) : name.slice(5))),
				`Health by ${query.grain}`,
				(value) => String(Math.round(value)),
				width,
				100,
			);
		this.#health.show(
			isKnown ? draw : null,
			{
				head: [query.grain, "sessions", "health"],
				rows: health.map((each) => [each.name, each.sessions, each.health]),
			},
			`mean score of the sessions that began in a ${query.grain}, 0 to 100`,
			"No session of this period has five calls, which a score takes.",
		);
	}

	async #showLearned(): Promise<void> {
		const learned = await this.#asking.ask("learned", { showsAll: this.#showsAll });
		this.#worthDoing.replaceChildren(
			worthDoing(learned, this.#showsAll, {
				canOpen: this.#canOpen,
				onAct: (hash, action) => this.#post({ type: "proposal", hash, action }),
				onShowAll: (showsAll) => {
					this.#showsAll = showsAll;
					void this.#attempt(() => this.#showLearned());
				},
			}),
		);
		const { sequences } = learned;
		const label = "Functions that agents call one after the other";
		this.#flow.show(
			sequences.length === 0
				? null
				: (width) => flowPicture(sequences, label, (id) => id.replace(/^\w+:/, ""), width),
			{
				head: ["sequence", "times", "sessions", "succeeded", "mean ms", "by chance"],
				rows: sequences.map((one) => [
					one.functionIds.join(" → ") + (one.isLoop ? " ↻" : ""),
					one.occurrences,
					one.sessions,
					one.successRate,
					one.meanDurationMs,
					one.chance,
				]),
			},
			"those that take most time, of all periods; a line is as thick as a step is frequent",
			"No sequence was found yet: Detect Sequences looks for them.",
		);
	}

	async #openFunction(functionId: string): Promise<void> {
		this.#functions.mark(functionId);
		await this.#attempt(async () => {
			const opened = await this.#asking.ask("function", {
				...queryOf(this.#view, Date.now()),
				functionId,
			});
			const made = functionDetail(opened, {
				canOpen: this.#canOpen,
				onClose: () => this.#closeFunction(),
				onFile: (id) => this.#post({ type: "openFunction", functionId: id }),
				onCompare: (id) => this.#post({ type: "compareVersions", functionId: id }),
				onCall: ({ sessionId, agentId, toolUseId }) =>
					this.#post({
						type: "openCall",
						session: sessionId,
						agent: agentId,
						call: toolUseId,
					}),
			});
			this.#detail.replaceChildren(made);
			made.focus();
		});
	}

	#closeFunction(): void {
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
