import { join } from "node:path";
import { type NpmTool, toolFolder } from "../../scripts/setup/npmTool.ts";

/** A peer that adds up the tokens of the same files. */
export const ccusage: NpmTool = {
	name: "ccusage",
	title: "ccusage, to compare with",
	spec: "ccusage@20.0.24",
	flags: [],
	packages: 2,
};

/** Its program, to be run on Node. */
export const ccusageProgram = join(
	toolFolder(ccusage),
	...["node_modules", "ccusage", "src", "cli.js"],
);
