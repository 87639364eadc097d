import { createContext, Script } from "node:vm";

/** A context of its own, with nothing in it but the two texts. */
const context = createContext({ pattern: "", text: "" });
const script = new Script("new RegExp(pattern, 'm').test(text)");

/**
 * Whether a pattern is found in a text. A regular expression can take longer than the world lasts,
 * and only a script with a time limit can be stopped in the middle of one.
 *
 * @returns null when it took longer than `ms`
 */
export function matchWithin(pattern: string, text: string, ms: number): boolean | null {
	context.pattern = pattern;
	context.text = text;
	try {
		return Boolean(script.runInContext(context, { timeout: ms }));
	} catch {
		return null;
	} finally {
		context.text = "";
	}
}
