import { existsSync, globSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { inProject, root } from "../../../scripts/paths.ts";
import { readModule, type SourceModule } from "./sourceModule.ts";

/** An import as a crossing from one file to another, a package or a module of Node. */
export interface Crossing {
	/** Path from the project's folder, as `to` is where it is a file. */
	readonly from: string;
	readonly to: string;
	readonly names: readonly string[];
}

/** Files by their path from the project's folder, and all that they import. */
export interface SourceTree {
	readonly modules: ReadonlyMap<string, SourceModule>;
	readonly crossings: readonly Crossing[];
}

/** @throws Error when a file imports one that is not there */
export function readTree(...patterns: readonly string[]): SourceTree {
	const files = globSync([...patterns], { cwd: root }).filter((file) => !file.endsWith("/"));
	const modules = new Map(
		files.sort().map((file) => [file, readModule(readFileSync(inProject(file), "utf8"))]),
	);
	const crossings = [...modules].flatMap(([from, { imports }]) =>
		imports.map((each) => ({ from, to: targetOf(from, each.from), names: each.names })),
	);
	return { modules, crossings };
}

function targetOf(from: string, written: string): string {
	if (!written.startsWith(".")) return written;
	const to = path.posix.join(path.posix.dirname(from), written);
	if (!existsSync(inProject(to))) throw new Error(`${from} imports ${to}, which is not there`);
	return to;
}

/** Files that import each other, directly or through others; each set in order. */
export function circlesOf(crossings: readonly Crossing[]): string[][] {
	const next = new Map<string, string[]>();
	for (const { from, to } of crossings) next.set(from, [...(next.get(from) ?? []), to]);
	const reach = (start: string): Set<string> => {
		const seen = new Set<string>();
		const waiting = [start];
		for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
			for (const to of next.get(file) ?? []) {
				if (seen.has(to)) continue;
				seen.add(to);
				waiting.push(to);
			}
		}
		return seen;
	};
	const reached = new Map([...next.keys()].map((file) => [file, reach(file)]));
	const circles = [...reached.keys()]
		.filter((file) => reached.get(file)?.has(file))
		.map((file) =>
			[...(reached.get(file) ?? [])].filter((other) => reached.get(other)?.has(file)).sort(),
		);
	return [...new Map(circles.map((circle) => [circle.join(" "), circle])).values()];
}
