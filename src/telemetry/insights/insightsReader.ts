import * as path from "node:path";
import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import type { Budget } from "../../insights/budgets/budget.ts";
import { type BudgetState, budgetStates } from "../../insights/budgets/budgetStates.ts";
import type { FunctionColumns, UsageColumns } from "../../insights/columns.ts";
import { passingActors } from "../../insights/filter.ts";
import { callsWithin, functionFigures, type PassesCall } from "../../insights/functionFigures.ts";
import { functionInsight, latestCalls } from "../../insights/functionInsight.ts";
import { rowsOf } from "../../insights/functionRows.ts";
import type {
	BehindQuery,
	CallsQuery,
	FunctionRow,
	FunctionRows,
	FunctionsQuery,
	InsightQuery,
	Insights,
	LookedUpCall,
	OpenedFunction,
} from "../../insights/insights.ts";
import { Calendar, lastDays, type Period } from "../../insights/period.ts";
import { type FunctionSeries, functionSeries, LINE_DAYS } from "../../insights/series.ts";
import { usageFigures } from "../../insights/usageFigures.ts";
import { newestTests, newestVersions } from "../queries/queries.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { withTotals } from "./functionTotals.ts";
import { Kept } from "./kept.ts";
import { loadCalls, loadUsage } from "./loadColumns.ts";
import {
	callsBehind,
	flakyTests,
	healthOver,
	lookUpCalls,
	orphans,
	patternCounts,
	violationCounts,
	violationsOf,
} from "./otherFigures.ts";
import { Projects } from "./projects.ts";
import { skillsIn } from "./skills.ts";

/** Of a project, where its own skills lie. */
const CONFIG_FOLDER = ".claude";

interface Table {
	readonly key: string;
	readonly of: FunctionColumns;
	readonly rows: readonly FunctionRow[];
}

/**
 * Answers what a page of figures asks. Messages and calls are read into memory once, about 60 bytes
 * each, and again, while the earlier are told, when they changed.
 */
export class InsightsReader {
	readonly #storeOf: () => TelemetryStore;
	readonly #now: () => number;
	readonly #configFolders: readonly string[];
	readonly #usage: Kept<UsageColumns>;
	readonly #calls: Kept<FunctionColumns>;
	/** The table asked for last: it is scrolled and sorted. */
	#table: Table | null = null;

	/**
	 * @param now ms since the epoch
	 * @param configFolders folders of clients, of which each project has one as well
	 */
	constructor(
		storeOf: () => TelemetryStore,
		now: () => number,
		configFolders: readonly string[] = [],
	) {
		this.#configFolders = configFolders;
		const projects = new Projects();
		const projectOf = (cwd: string): string => projects.of(cwd);
		this.#storeOf = storeOf;
		this.#now = now;
		this.#usage = new Kept(storeOf, now, (store, since) => loadUsage(store, projectOf, since));
		this.#calls = new Kept(storeOf, now, (store, since) => loadCalls(store, projectOf, since));
	}

	/**
	 * Reads what questions since a time need, in the order in which a page asks them: it can be told of them as
	 * soon as it has been loaded itself.
	 *
	 * @param from ms since the epoch
	 */
	async readAhead(from: number): Promise<void> {
		const since = this.#neededSince(from);
		await this.#usage.get(since);
		await this.#calls.get(since);
	}

	async insights(query: InsightQuery): Promise<Insights> {
		const { value: columns, isBehind } = await this.#usage.get(this.#neededSince(query.from));
		const store = this.#storeOf();
		const calendar = new Calendar(query, query.grain);
		const passing = passingActors(columns, query.filter, true);
		const wanted = new Set<string>();
		for (const [place, actor] of columns.actors.entries()) {
			const session = columns.sessions[actor.session];
			if (passing[place] === 1 && session !== undefined) wanted.add(session.id);
		}
		const health = healthOver(store, query, calendar, (id) => wanted.has(id));
		const clients = sorted(columns.clients.names);
		return {
			query,
			isBehind,
			usage: usageFigures(columns, query, query.filter, query.grain),
			sessions: health.reduce((sum, { sessions }) => sum + sessions, 0),
			health,
			flakyTests: flakyTests(store, query),
			violations: violationCounts(store, query),
			patterns: patternCounts(store, query),
			orphans: orphans(store, skillsIn(this.#skillFolders(columns.projects.names))),
			names: {
				projects: sorted(columns.projects.names),
				models: sorted(columns.models.names),
				clients,
				clientTitles: clients.map(clientTitle),
				agentTypes: sorted(columns.types.names),
			},
		};
	}

	/** What was spent of each by now. */
	async budgets(budgets: readonly Budget[]): Promise<BudgetState[]> {
		if (budgets.length === 0) return [];
		const { value: columns } = await this.#usage.get();
		return budgetStates(columns, budgets, this.#now());
	}

	async functions(query: FunctionsQuery): Promise<FunctionRows> {
		const { value: columns, isBehind } = await this.#calls.get(this.#neededSince(query.from));
		return { ...rowsOf(this.#rows(columns, query), query), isBehind };
	}

	/** Lines by local day. */
	async series(query: InsightQuery, functionIds: readonly string[]): Promise<FunctionSeries[]> {
		const { value: columns } = await this.#calls.get(this.#neededSince(query.from));
		return functionSeries(columns, functionIds, passesOf(columns, query), calendarOf(query));
	}

	async function(query: InsightQuery, functionId: string): Promise<OpenedFunction> {
		const { value: columns } = await this.#calls.get(this.#neededSince(query.from));
		const passes = passesOf(columns, query);
		const { latest, ...insight } = functionInsight(columns, functionId, passes, calendarOf(query));
		const store = this.#storeOf();
		return {
			...insight,
			latest: this.#lookUp(columns, latest),
			tests: newestTests(store, functionId),
			versions: newestVersions(store, functionId),
			violations: violationsOf(store, functionId, query),
		};
	}

	async callsOf(query: CallsQuery): Promise<LookedUpCall[]> {
		const { value: columns } = await this.#calls.get(this.#neededSince(query.from));
		return this.#lookUp(columns, latestCalls(columns, query, passesOf(columns, query)));
	}

	#lookUp({ calls }: FunctionColumns, places: readonly number[]): LookedUpCall[] {
		const rows = places.map((place) => calls.rows[place] ?? 0);
		return lookUpCalls(this.#storeOf(), rows);
	}

	behind(query: BehindQuery): LookedUpCall[] {
		return callsBehind(this.#storeOf(), query);
	}

	dispose(): void {
		this.#usage.dispose();
		this.#calls.dispose();
		this.#table = null;
	}

	/** The days that lines tell of are read before all others; absent where those are needed. */
	#neededSince(from: number): number | undefined {
		const recent = lastDays(LINE_DAYS, this.#now()).from;
		return from < recent ? undefined : recent;
	}

	/** A project's own is called as that of the person: `.claude`. */
	#skillFolders(projects: readonly string[]): string[] {
		const known = projects.filter((project) => path.isAbsolute(project));
		return [...this.#configFolders, ...known.map((project) => path.join(project, CONFIG_FOLDER))];
	}

	#rows(columns: FunctionColumns, query: FunctionsQuery): readonly FunctionRow[] {
		const { from, until, filter, withUnused } = query;
		const key = JSON.stringify([from, until, filter, withUnused]);
		if (this.#table?.key === key && this.#table.of === columns) return this.#table.rows;
		const called = functionFigures(columns, passesOf(columns, query));
		const rows = withTotals(this.#storeOf(), called, withUnused);
		this.#table = { key, of: columns, rows };
		return rows;
	}
}

function passesOf(columns: FunctionColumns, query: InsightQuery): PassesCall {
	const { filter } = query;
	return callsWithin(columns.calls, query, passingActors(columns, filter, true), filter.weekHour);
}

function calendarOf(query: Period): Calendar {
	return new Calendar(query, "day");
}

function sorted(names: readonly string[]): string[] {
	return names.filter((name) => name !== "").sort();
}
