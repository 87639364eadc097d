import type { BudgetState } from "../../insights/budgets/budgetStates.ts";
import type { Insights } from "../../insights/insights.ts";
import type { Grain } from "../../insights/period.ts";
import { formatCost } from "../../model/views/format.ts";
import { familyOf, modelName } from "../text/words.ts";
import { ChartFrame, type SaveChart } from "./charts/chartFrame.ts";
import { heatGrid, weekHourName } from "./charts/heatGrid.ts";
import { lineChart } from "./charts/lineChart.ts";
import { stackedBars } from "./charts/stackedBars.ts";
import { budgetLimit } from "./parts/budgetList.ts";

interface PicturesHost {
	save: SaveChart;
	/** A part of the period was chosen, by its name. */
	onPart(name: string, grain: Grain): void;
	/** @param weekHour 0 to 167, from Monday midnight on */
	onWeekHour(weekHour: number): void;
}

/** The period as pictures: each mark narrows the page to what stands behind it. */
export class Pictures {
	readonly #cost: ChartFrame;
	readonly #hours: ChartFrame;
	readonly #health: ChartFrame;
	readonly #host: PicturesHost;

	constructor(host: PicturesHost) {
		this.#host = host;
		this.#cost = new ChartFrame("Cost", host.save);
		this.#hours = new ChartFrame("When agents work", host.save);
		this.#health = new ChartFrame("Health of sessions", host.save);
	}

	get cost(): HTMLElement {
		return this.#cost.root;
	}

	get hours(): HTMLElement {
		return this.#hours.root;
	}

	get health(): HTMLElement {
		return this.#health.root;
	}

	show(insights: Insights, spent: readonly BudgetState[]): void {
		this.#showCost(insights, spent);
		this.#showHours(insights);
		this.#showHealth(insights);
	}

	#showCost({ query, usage }: Insights, spent: readonly BudgetState[]): void {
		const names = usage.over.map(({ name }) => name);
		const isEmpty = usage.total.messages === 0;
		const parts = usage.overByModel.map(({ name, costUsd }) => ({
			name: modelName(name),
			class: `model ${familyOf(name)}`,
			values: costUsd,
		}));
		const bars = {
			names: names.map((name) => shortName(name, query.grain)),
			parts,
			label: `Cost by ${query.grain}`,
			format: (value: number) => formatCost(value),
			limit: budgetLimit(spent, query),
			onTake: (index: number) => this.#host.onPart(names[index] ?? "", query.grain),
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
			isEmpty ? [] : parts,
		);
	}

	#showHours({ usage }: Insights): void {
		const values = usage.weekHours.map(({ messages }) => messages);
		const draw = (width: number) =>
			heatGrid(
				values,
				"Messages by hour of the week",
				(value) => `${value.toLocaleString("en-US")} messages`,
				(weekHour) => this.#host.onWeekHour(weekHour),
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
			"messages by hour; a cell opens it",
			"Nothing was done in this period.",
		);
	}

	#showHealth({ health, query }: Insights): void {
		const isKnown = health.some((each) => each.health !== null);
		const draw = (width: number) =>
			lineChart({
				values: health.map((each) => each.health),
				names: health.map(({ name }) => shortName(name, query.grain)),
				label: `Health by ${query.grain}`,
				format: (value) => String(Math.round(value)),
				width,
				most: 100,
				onTake: (index) => this.#host.onPart(health[index]?.name ?? "", query.grain),
			});
		this.#health.show(
			isKnown ? draw : null,
			{
				head: [query.grain, "sessions", "health"],
				rows: health.map((each) => [each.name, each.sessions, each.health]),
			},
			`mean of those begun in a ${query.grain}, 0 to 100; a point opens it`,
			"No session of this period has five calls, which a score takes.",
		);
	}
}

/** As a chart has room for it: the clock's time within a day, else without the year. */
function shortName(name: string, grain: Grain): string {
	return grain === "hour" ? name.slice(11) : name.slice(5);
}
