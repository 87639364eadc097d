import { createRequire } from "node:module";
import * as path from "node:path";
import type { OnDemand } from "./engine.ts";

/** Loads when it is first called. */
export type OnDemandLoader = () => OnDemand;

/** @param dist folder of the bundles */
export function onDemandIn(dist: string): OnDemandLoader {
	const file = path.join(dist, "onDemand.cjs");
	const load = createRequire(file);
	// A module is loaded once, however often it is asked for.
	return () => (load(file) as { engine: OnDemand }).engine;
}
