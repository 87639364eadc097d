// Transcripts of Claude Code about nothing but tokens, each with one thing that a program that adds them
// up may see in another way.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { randomFrom } from "./realTexts.ts";

const DAY_MS = 86_400_000;
const DAYS = 20;
const MESSAGES_A_DAY = 24;
const MODELS = [
	"claude-opus-4-1-20250805",
	"claude-opus-4-5-20251101",
	"claude-sonnet-4-20250514",
	"claude-sonnet-4-5-20250929",
	"claude-haiku-4-5-20251001",
	"claude-opus-4-6",
	"claude-opus-4-7",
	"claude-opus-4-8",
	"claude-sonnet-4-6",
	"claude-sonnet-5",
	"claude-3-5-haiku-20241022",
];

type Raw = Readonly<Record<string, unknown>>;

/** What differs from plain messages. */
export interface Kind {
	readonly models?: readonly string[];
	/** Added to the tokens of a message. */
	readonly usage?: (random: () => number, tokens: Raw) => Raw;
	/** Lines of a message, each with as much of the output. */
	readonly linesEach?: number;
	/** Everything stands in a second file too. */
	readonly isCopied?: boolean;
	/** Every other session's messages are those of an agent, in a file of its own. */
	readonly hasAgents?: boolean;
}

/** Writes the sessions of some days. @param now ms since the epoch */
export function writePriced(projects: string, kind: Kind, now: number): void {
	const random = randomFrom(7);
	const { models = MODELS, linesEach = 1 } = kind;
	for (let day = 0; day < DAYS; day++) {
		const session = `00000000-0000-4000-8000-${String(day).padStart(12, "0")}`;
		const isAgents = kind.hasAgents === true && day % 2 === 1;
		const lines: string[] = [];
		for (let at = 0; at < MESSAGES_A_DAY; at++) {
			const ts = now - (DAYS - day + at / MESSAGES_A_DAY) * DAY_MS;
			const model = models[Math.floor(random() * models.length)] ?? "";
			const below = (most: number): number => Math.floor(random() * most);
			const tokens = {
				input_tokens: below(3000),
				output_tokens: below(4000) + linesEach,
				cache_read_input_tokens: below(90_000),
				cache_creation_input_tokens: below(9000),
			};
			const usage = { ...tokens, ...kind.usage?.(random, tokens) };
			for (let line = 1; line <= linesEach; line++) {
				const output = Math.ceil((tokens.output_tokens * line) / linesEach);
				lines.push(
					JSON.stringify({
						...{ type: "assistant", uuid: `${session}-${at}-${line}`, sessionId: session },
						...{ timestamp: new Date(ts).toISOString(), cwd: "/home/dev/shop", version: "2.1.329" },
						...{ isSidechain: isAgents, requestId: `req_${day}_${at}` },
						...(isAgents ? { agentId: `a${String(day).padStart(16, "0")}` } : {}),
						message: {
							...{ id: `msg_${day}_${at}`, type: "message", role: "assistant", model },
							content: [{ type: "text", text: "done" }],
							usage: { ...usage, output_tokens: output },
						},
					}),
				);
			}
		}
		const place = path.join(projects, "-home-dev-shop");
		const own = isAgents
			? path.join(place, session, "subagents", `agent-a${String(day).padStart(16, "0")}.jsonl`)
			: path.join(place, `${session}.jsonl`);
		write(own, lines);
		if (kind.isCopied) write(path.join(place, session.replace(/^0/, "1").concat(".jsonl")), lines);
	}
}

function write(file: string, lines: readonly string[]): void {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, `${lines.join("\n")}\n`);
}
