import type {
	Findings,
	TranscriptClient,
	TranscriptFile,
	TranscriptReader,
} from "../../../src/ingest/transcripts/port.ts";
import type { TranscriptRecord } from "../../../src/model/events/record.ts";

/**
 * A client as unlike Claude Code as can be: its paths say nothing, the first line (`toy <session>
 * [<companion>]`) says whose a transcript is, and all agents of a session stand in one file. Lines:
 * `<agent> <text>`.
 */
export const toyClient: TranscriptClient = {
	name: "toy",
	title: "Toy",
	mark: "To",
	program: "toy",
	folders: () => [],
	classify: (relativePath) => (relativePath.endsWith(".log") ? "first_line" : null),
	identify(_relativePath, firstLine): TranscriptFile | null {
		const [mark, session = "", companion] = firstLine.split(" ");
		if (mark !== "toy") return null;
		return { session, agent: "", companions: companion === undefined ? [] : [companion] };
	},
	newReader: (file) => new ToyReader(file),
	entries: () => [],
};

class ToyReader implements TranscriptReader {
	readonly hasOpenCalls = false;
	readonly #file: TranscriptFile;

	constructor(file: TranscriptFile) {
		this.#file = file;
	}

	line(text: string): Findings {
		if (text.startsWith("toy ")) return { records: [], problems: [] };
		const [agent = "", said = ""] = text.split(" ");
		return { records: [this.#said(agent, said)], problems: [] };
	}

	companion(relativePath: string, text: string): Findings {
		return { records: [this.#said("", `${relativePath}=${text}`)], problems: [] };
	}

	#said(agent: string, value: string): TranscriptRecord {
		return {
			event: {
				event: "numeric_claim",
				origin: "transcript",
				client: "toy",
				v: 2,
				ts: 1_700_000_000_000,
				session: this.#file.session,
				agent,
				cwd: "",
				note: null,
				tier: "REAL",
				value,
				pointer: "",
			},
			call: null,
		};
	}
}
