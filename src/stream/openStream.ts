import { DEFAULT_BIND, parseBind } from "./bindAddress.ts";
import type { StreamSource } from "./source.ts";
import { StreamServer } from "./streamServer.ts";
import { tokenFromFile } from "./tokenFile.ts";

export interface OpenStreamOptions {
	/** `host:port`; empty for the usual one. */
	readonly bind: string;
	/** Others than this machine may connect. */
	readonly allowsRemote: boolean;
	readonly tokenFile: string;
	readonly source: StreamSource;
	/** Folder of the built page. */
	readonly pageFolder: string;
	readonly note: (text: string) => void;
}

/**
 * Serves the stream as settings and command lines ask for it.
 *
 * @throws StreamError when that cannot be done
 */
export async function openStream(options: OpenStreamOptions): Promise<StreamServer> {
	const { allowsRemote, tokenFile, source, pageFolder, note } = options;
	const bind = parseBind(options.bind.trim() || DEFAULT_BIND, allowsRemote);
	return StreamServer.start({ bind, token: tokenFromFile(tokenFile), source, pageFolder, note });
}
