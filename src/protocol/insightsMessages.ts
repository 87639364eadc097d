import type { BudgetState } from "../insights/budgets/budgetStates.ts";
import type {
	BehindQuery,
	CallsQuery,
	FunctionRows,
	FunctionsQuery,
	InsightQuery,
	Insights,
	LookedUpCall,
	OpenedFunction,
} from "../insights/insights.ts";
import type { FunctionSeries } from "../insights/series.ts";

/** Everything that the page of figures may ask, with what it is answered. */
export interface InsightAnswers {
	readonly insights: { readonly asks: InsightQuery; readonly answer: Insights };
	readonly functions: { readonly asks: FunctionsQuery; readonly answer: FunctionRows };
	readonly series: {
		readonly asks: InsightQuery & { readonly functionIds: readonly string[] };
		readonly answer: readonly FunctionSeries[];
	};
	readonly function: {
		readonly asks: InsightQuery & { readonly functionId: string };
		readonly answer: OpenedFunction;
	};
	/** The newest calls of a function that stand behind a bar of its durations, or a class of its errors. */
	readonly callsOf: { readonly asks: CallsQuery; readonly answer: readonly LookedUpCall[] };
	/** The newest calls behind a broken rule, a script that comes back, a test or a proposal. */
	readonly behind: { readonly asks: BehindQuery; readonly answer: readonly LookedUpCall[] };
	/** One of those scripts as it stands in a transcript, read on demand and kept nowhere; null where none has it. */
	readonly script: {
		readonly asks: Pick<BehindQuery, "id" | "from" | "until">;
		readonly answer: { readonly text: string; readonly call: LookedUpCall } | null;
	};
	/** What was spent of the budgets that the host knows. */
	readonly budgets: {
		readonly asks: Readonly<Record<never, never>>;
		readonly answer: readonly BudgetState[];
	};
	/** What the sessions were about: their first prompts, read on demand and kept nowhere. */
	readonly titles: {
		readonly asks: { readonly sessions: readonly string[] };
		readonly answer: readonly { readonly session: string; readonly title: string }[];
	};
	/** What was learned of the calls: the few proposals, or all that are open, and sequences. */
	readonly learned: {
		readonly asks: { readonly showsAll: boolean };
		readonly answer: {
			/** Open ones, best first, then those accepted, with what came of them. */
			readonly proposals: readonly {
				readonly hash: string;
				readonly title: string;
				/** "would save about 14 m a week" */
				readonly saving: string;
				readonly reason: string;
				readonly status: "open" | "accepted";
				readonly next: { readonly text: string; readonly action: ProposalAction };
			}[];
			/** Open ones, shown or not. */
			readonly open: number;
			/** Those that take most time first. */
			readonly sequences: readonly {
				readonly hash: string;
				readonly functionIds: readonly string[];
				readonly occurrences: number;
				readonly sessions: number;
				/** 0 to 1; null where no end is known */
				readonly successRate: number | null;
				/** ms */
				readonly meanDurationMs: number | null;
				readonly isLoop: boolean;
				/** "4 times more often than by chance" */
				readonly chance: string;
			}[];
		};
	};
}

/** What can be done with a proposal; the extension maps them to its own commands. */
export const PROPOSAL_ACTIONS = [
	"openProposal",
	"acceptProposal",
	"dismissProposal",
	"copyProposalPrompt",
	"openProposalTask",
	"writeProposalSkill",
	"writeProposalCommand",
] as const;
export type ProposalAction = (typeof PROPOSAL_ACTIONS)[number];

export type InsightKind = keyof InsightAnswers;

/** A question by its kind. */
export type InsightQuestion = {
	[Kind in InsightKind]: { readonly kind: Kind } & InsightAnswers[Kind]["asks"];
}[InsightKind];

/** Whoever answers the page of figures, in an editor or a browser. */
export interface InsightsSource {
	/** Rejects with what is to be said where it has no answer. */
	answer(question: InsightQuestion): Promise<InsightAnswers[InsightKind]["answer"]>;
	/** @param changed called when figures may be others than before @returns ends it */
	listen(changed: () => void): () => void;
}

/** Files that the page makes of its charts. */
export const CHART_TYPES = ["image/svg+xml", "image/png", "text/csv"] as const;
export type ChartType = (typeof CHART_TYPES)[number];

/** How the names of those files end. */
export const CHART_ENDINGS: Readonly<Record<ChartType, string>> = {
	"image/svg+xml": "svg",
	"image/png": "png",
	"text/csv": "csv",
};

/** Page of figures to extension. Carries ids and figures only: never a path, a command or markup. */
export type InsightsPageMessage =
	| { readonly type: "ready" }
	| { readonly type: "ask"; readonly id: number; readonly question: InsightQuestion }
	/** Open a session in the graph. */
	| { readonly type: "openSession"; readonly session: string }
	/** Open a transcript at a call; `agent` is null for the orchestrator. */
	| {
			readonly type: "openCall";
			readonly session: string;
			readonly agent: string | null;
			readonly call: string;
	  }
	/** Open the file of a function. */
	| { readonly type: "openFunction"; readonly functionId: string }
	/** Show how the last two versions of a function differ. */
	| { readonly type: "compareVersions"; readonly functionId: string }
	/** Open a sequence with the calls behind it. */
	| { readonly type: "openSequence"; readonly hash: string }
	/** Do something with a proposal. */
	| { readonly type: "proposal"; readonly hash: string; readonly action: ProposalAction }
	/** Period, order and filters, to be given back when the page is opened again. */
	| { readonly type: "remember"; readonly view: unknown }
	/** Keep a chart as a file that the user names; `data` is text, or base64 of an image. */
	| {
			readonly type: "save";
			readonly mime: ChartType;
			readonly name: string;
			readonly data: string;
	  }
	| { readonly type: "clientError"; readonly message: string };

/** Extension to page of figures. */
export type InsightsHostMessage =
	| { readonly type: "answer"; readonly id: number; readonly value: unknown }
	| { readonly type: "failed"; readonly id: number; readonly message: string }
	/** More was recorded: figures may be asked for again. */
	| { readonly type: "changed" }
	/**
	 * The first message. What the page can do beside asking (an editor can open sessions and files), and
	 * what it asked to be remembered.
	 */
	| { readonly type: "settings"; readonly canOpen: boolean; readonly view: unknown };
