import type { CDPSession } from "playwright-core";

/** What of a heap snapshot is read: the format of V8's own tools (v8/include/v8-profiler.h). */
interface HeapSnapshot {
	readonly snapshot: {
		readonly meta: {
			readonly node_fields: readonly string[];
			/** Of the field `type`, the names that its numbers stand for; of others, a word. */
			readonly node_types: readonly (string | readonly string[])[];
		};
	};
	readonly nodes: readonly number[];
}

/** What scripts make. All else is the engine's: code, shapes of objects, what documents are made of. */
const OF_SCRIPTS = new Set([
	"array",
	"bigint",
	"closure",
	"concatenated string",
	"number",
	"object",
	"regexp",
	"sliced string",
	"string",
	"symbol",
]);

/** MiB in use after garbage was collected. */
export interface HeapKinds {
	/** What the page's scripts have made and still hold. */
	readonly data: number;
	/** With code, and with what the browser keeps for the page. */
	readonly all: number;
}

export async function heapKinds(devTools: CDPSession): Promise<HeapKinds> {
	await devTools.send("HeapProfiler.collectGarbage");
	await devTools.send("HeapProfiler.collectGarbage");
	const { usedSize, embedderHeapUsedSize } = await devTools.send("Runtime.getHeapUsage");
	return {
		data: dataOf(await takeSnapshot(devTools)) / 2 ** 20,
		all: (usedSize + embedderHeapUsedSize) / 2 ** 20,
	};
}

async function takeSnapshot(devTools: CDPSession): Promise<HeapSnapshot> {
	const chunks: string[] = [];
	const onChunk = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
	devTools.on("HeapProfiler.addHeapSnapshotChunk", onChunk);
	await devTools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
	devTools.off("HeapProfiler.addHeapSnapshotChunk", onChunk);
	return JSON.parse(chunks.join(""));
}

/** Bytes. */
function dataOf({ snapshot, nodes }: HeapSnapshot): number {
	const { node_fields: fields, node_types: types } = snapshot.meta;
	const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
	const names = types[type] ?? [];
	let bytes = 0;
	for (let at = 0; at < nodes.length; at += fields.length) {
		const name = names[nodes[at + type] ?? 0] ?? "";
		if (OF_SCRIPTS.has(name)) bytes += nodes[at + size] ?? 0;
	}
	return bytes;
}
