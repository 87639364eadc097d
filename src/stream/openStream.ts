import type { StreamBundle } from "../live/streamBundle.ts";
import { DEFAULT_BIND, parseBind } from "./bindAddress.ts";
import { StreamServer } from "./streamServer.ts";
import { tokenFromFile } from "./tokenFile.ts";

/** Serves the stream as settings and command lines ask for it. */
export const openStream: StreamBundle["openStream"] = async (options) => {
	const { allowsRemote, tokenFile, ...served } = options;
	const bind = parseBind(options.bind.trim() || DEFAULT_BIND, allowsRemote);
	return StreamServer.start({ ...served, bind, token: tokenFromFile(tokenFile) });
};
