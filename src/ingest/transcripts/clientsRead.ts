import { stampOf } from "./files/fileStamp.ts";
import { pathBelow, walk } from "./folders/folderTree.ts";
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

/** The files of each client that has any below some folders, in the order of the clients. */
export async function clientFiles(
	clients: readonly TranscriptClient[],
	folders: readonly string[],
): Promise<ClientFiles[]> {
	const found = new Map<TranscriptClient, Map<string, number>>();
	for (const root of folders) await find(clientsAt(clients, root), root, found);
	const all = clients.map(async (client) => {
		const files = [...(found.get(client) ?? [])]
			.sort(([, a], [, b]) => b - a)
			.map(([file]) => file);
		const asked = files.slice(0, ASKED).map((file) => client.versions?.(file) ?? []);
		const versions = [...new Set((await Promise.all(asked)).flat())];
		return { client: client.name, title: client.title, files, versions };
	});
	return (await Promise.all(all)).filter(({ files }) => files.length > 0);
}

async function find(
	clients: readonly TranscriptClient[],
	root: string,
	found: Map<TranscriptClient, Map<string, number>>,
): Promise<void> {
	const file = (path: string): void => {
		const client = ownerIn(clients, pathBelow(root, path) ?? "");
		const stamp = client === null ? null : stampOf(path);
		if (client === null || stamp === null) return;
		const files = found.get(client) ?? new Map<string, number>();
		found.set(client, files.set(path, stamp.modifiedAt));
	};
	await walk(root, { folder: () => {}, file }, firstDepth(root));
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
