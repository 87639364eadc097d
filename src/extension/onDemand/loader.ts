import { createRequire } from "node:module";
import * as path from "node:path";

/**
 * What a bundle beside the main one gives, loaded when it is first called.
 *
 * @param dist folder of the bundles
 */
export function bundleIn<Engine>(dist: string, name: string): () => Engine {
	const file = path.join(dist, `${name}.cjs`);
	const load = createRequire(file);
	// A module is loaded once, however often it is asked for.
	return () => (load(file) as { engine: Engine }).engine;
}
