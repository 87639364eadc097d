import { Fields } from "../../fields/fields.ts";
import { asObject } from "../../kit/raw.ts";
import { agentIdOf } from "../agentId.ts";
import type { CallReader, OpenLaunch } from "../calls/calls.ts";
import { isWarmup, type Line, plainText } from "../lines.ts";

/** Lines remembered by their agent; the oldest are forgotten beyond it. */
const MAX_LINES = 50_000;

/** Whose a line of a sidechain is. */
interface Owner {
	/** null for a request of the client's own. */
	readonly agent: string | null;
	/** The launch that the agent came of, with its first line. */
	readonly launch: string | null;
}

/**
 * Agents as clients up to 2.0.2x wrote them: within their session's own file, as lines that are marked
 * as a sidechain, each naming the one before it. Such an agent has no id: it gets one from the call
 * whose prompt it begins with.
 */
export class Sidechains {
	readonly #calls: CallReader;
	/** Agent by the uuid of a line. */
	readonly #agents = new Map<string, string | null>();

	constructor(calls: CallReader) {
		this.#calls = calls;
	}

	/** null for a line of which nothing says whose it is. */
	ownerOf(line: Line): Owner | null {
		const f = new Fields(line);
		const id = f.id("uuid");
		const known = agentIdOf(f.id("agentId")) || this.#agents.get(f.id("parentUuid"));
		if (known !== undefined) return this.#remember(id, { agent: known, launch: null });
		if (line.type !== "user") return null;
		if (isWarmup(line)) return this.#remember(id, { agent: null, launch: null });
		const prompt = plainText(asObject(line.message) ?? {});
		const launch = launchFor(this.#calls.freeLaunches, prompt);
		const agent = `sidechain-${launch?.id ?? id}`;
		if (launch !== null) launch.child = agent;
		return this.#remember(id, { agent, launch: launch?.id ?? null });
	}

	#remember(line: string, owner: Owner): Owner {
		this.#agents.set(line, owner.agent);
		if (this.#agents.size > MAX_LINES) {
			for (const oldest of this.#agents.keys()) {
				this.#agents.delete(oldest);
				break;
			}
		}
		return owner;
	}
}

/** Of launches that run without an agent so far the one with this prompt, else the oldest. */
function launchFor(launches: readonly OpenLaunch[], prompt: string): OpenLaunch | null {
	return launches.find((launch) => launch.prompt.trim() === prompt.trim()) ?? launches[0] ?? null;
}
