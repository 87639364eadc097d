// Lets Node import .sql files as text, as the bundler does.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
	load(url, context, next) {
		if (!url.endsWith(".sql")) return next(url, context);
		const text = readFileSync(new URL(url), "utf8");
		return {
			format: "module",
			source: `export default ${JSON.stringify(text)}`,
			shortCircuit: true,
		};
	},
});
