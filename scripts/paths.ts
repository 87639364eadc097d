import { join } from "node:path";

/** The project's folder. */
export const root = join(import.meta.dirname, "..");
/** Downloaded tools; git-ignored. */
export const toolsFolder = join(root, ".tools");
/** What runs leave behind: reports, screenshots, logs; git-ignored. */
export const outFolder = join(root, "out");
export const vsixFile = join(root, "agent-live-graph.vsix");

/** A path inside the project. */
export function inProject(...parts: string[]): string {
	return join(root, ...parts);
}
