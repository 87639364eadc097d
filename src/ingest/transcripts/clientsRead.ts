import * as path from "node:path";
import { stampOf } from "./files/fileStamp.ts";
import { MAX_DEPTH, pathBelow, walk } from "./folders/folderTree.ts";
import { clientsAt, firstDepth, ownerOf } from "./ownership.ts";
import type { TranscriptClient } from "./port.ts";

/** Files of a client that are asked for the version that wrote them: the newest. */
const ASKED = 20;

/** What there is of a client to be read. */
export interface ClientFiles {
	/** Short name. */
	readonly client: string;
	readonly title: string;
	/** Absolute paths, the newest first. */
	readonly files: readonly string[];
	/** That wrote the newest of them, each once; none where no file says so. */
	readonly versions: readonly string[];
}

/** Of each client its files by what the file system knows them by, whatever paths lead there. */
type Found = Map<TranscriptClient, Map<string, { readonly file: string; readonly at: number }>>;

/**
 * The files of each client that has any, in the order of the clients.
 *
 * @param folders where they are looked for
 * @param elsewhere paths of further ones, whoever's they are
 */
export async function clientFiles(
	clients: readonly TranscriptClient[],
	folders: readonly string[],
	elsewhere: Iterable<string> = [],
): Promise<ClientFiles[]> {
	const found: Found = new Map();
	for (const root of folders) await find(clientsAt(clients, root), root, found);
	for (const file of elsewhere) add(found, ownerAnywhere(clients, file), file);
	const all = clients.map(async (client) => {
		const files = [...(found.get(client)?.values() ?? [])]
			.sort((a, b) => b.at - a.at)
			.map(({ file }) => file);
		const asked = files.slice(0, ASKED).map((file) => client.versions?.(file) ?? []);
		const versions = [...new Set((await Promise.all(asked)).flat())];
		return { client: client.name, title: client.title, files, versions };
	});
	return (await Promise.all(all)).filter(({ files }) => files.length > 0);
}

async function find(
	clients: readonly TranscriptClient[],
	root: string,
	found: Found,
): Promise<void> {
	await walk(
		root,
		{
			folder: () => {},
			file: (file) => add(found, ownerIn(clients, pathBelow(root, file) ?? ""), file),
		},
		firstDepth(root),
	);
}

function add(found: Found, client: TranscriptClient | null, file: string): void {
	const stamp = client === null ? null : stampOf(file);
	if (client === null || stamp === null) return;
	const files = found.get(client) ?? new Map();
	found.set(client, files);
	if (!files.has(stamp.identity)) files.set(stamp.identity, { file, at: stamp.modifiedAt });
}

/** Whose it is below whatever folder: clients that name theirs most exactly stand first. */
function ownerAnywhere(
	clients: readonly TranscriptClient[],
	absolutePath: string,
): TranscriptClient | null {
	const parts = absolutePath.split(path.sep);
	const ends = parts.slice(-MAX_DEPTH).map((_, index, all) => all.slice(index).join("/"));
	return clients.find((client) => ends.some((end) => client.classify(end) !== null)) ?? null;
}

/** Where only the first line would tell, whoever has such files. */
function ownerIn(
	clients: readonly TranscriptClient[],
	relativePath: string,
): TranscriptClient | null {
	const owned = ownerOf(clients, relativePath);
	if (owned !== "first_line") return owned?.client ?? null;
	return clients.find((client) => client.classify(relativePath) === "first_line") ?? null;
}
