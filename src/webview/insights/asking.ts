import type {
	InsightAnswers,
	InsightKind,
	InsightQuestion,
	InsightsHostMessage,
	InsightsPageMessage,
} from "../../protocol/insightsMessages.ts";

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (error: Error) => void;
}

/** Asks the host, which answers each question once. */
export class Asking {
	readonly #post: (message: InsightsPageMessage) => void;
	readonly #waiting = new Map<number, Waiting>();
	#lastId = 0;

	constructor(post: (message: InsightsPageMessage) => void) {
		this.#post = post;
	}

	/** Rejects with what the host says where it cannot answer. */
	ask<Kind extends InsightKind>(
		kind: Kind,
		asks: InsightAnswers[Kind]["asks"],
	): Promise<InsightAnswers[Kind]["answer"]> {
		const id = ++this.#lastId;
		const question = { kind, ...asks } as unknown as InsightQuestion;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#post({ type: "ask", id, question });
		});
	}

	/** @returns whether that was an answer */
	receive(message: InsightsHostMessage): boolean {
		if (message.type !== "answer" && message.type !== "failed") return false;
		const waiting = this.#waiting.get(message.id);
		this.#waiting.delete(message.id);
		if (message.type === "answer") waiting?.resolve(message.value as never);
		else waiting?.reject(new Error(message.message));
		return true;
	}
}
