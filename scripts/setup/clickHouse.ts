import { join } from "node:path";
import { type NpmTool, npmToolStep, toolFolder } from "./npmTool.ts";

/** ClickHouse itself as a library: larger than all dependencies together, and for few platforms. */
const tool: NpmTool = {
	name: "chdb",
	title: "ClickHouse engine",
	spec: "chdb@3.4.0",
	flags: ["--ignore-scripts"],
	packages: 5,
};

export const clickHouseStep = npmToolStep(tool);

/** A file beside which `require("chdb")` finds it. */
export function besideClickHouse(): string {
	return join(toolFolder(tool), "package.json");
}
