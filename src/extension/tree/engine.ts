// Entry of a bundle of its own: what fills Live Agents is loaded once that is shown.
import { LiveAgentsTree } from "./liveAgentsTree.ts";

export const engine = { LiveAgentsTree };

export type TreeEngine = typeof engine;
