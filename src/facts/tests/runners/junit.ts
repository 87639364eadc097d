import { type RunReport, TestList, toMs } from "../testRun.ts";

const CASE = /<testcase\b([^>]{0,2000}?)(?:\/>|>([\s\S]{0,20000}?)<\/testcase>)/g;

export function isJunitXml(output: string): boolean {
	return /<testsuites?\b/.test(output) && output.includes("<testcase");
}

/** A report in JUnit's XML, as https://github.com/testmoapp/junitxml describes it. */
export function readJunitXml(output: string): RunReport {
	const list = new TestList();
	for (const [, head = "", body = ""] of output.matchAll(CASE)) {
		if (/<skipped\b/.test(body)) continue;
		const failure = /<(?:failure|error)\b([^>]{0,2000})>?([^<]{0,1000})/.exec(body);
		const message = attribute(failure?.[1] ?? "", "message") || (failure?.[2] ?? "").trim();
		const id = [attribute(head, "classname"), attribute(head, "name")].filter(Boolean).join(".");
		list.add(id, failure === null, toMs(attribute(head, "time") || undefined, "s"), message);
	}
	return list.report;
}

function attribute(text: string, name: string): string {
	const value = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text);
	return (value?.[1] ?? value?.[2] ?? "").replace(
		/&(lt|gt|quot|apos|amp);/g,
		(_, entity) => ENTITIES[entity] ?? "",
	);
}

const ENTITIES: Readonly<Record<string, string>> = {
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	amp: "&",
};
