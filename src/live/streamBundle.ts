import { createRequire } from "node:module";
import * as path from "node:path";
import type { InsightsSource } from "../protocol/insightsMessages.ts";
import type { GraphFeed } from "./graphFeed.ts";

/**
 * Loads what serves the stream, with the web server and all: most who could serve it never do.
 *
 * @param dist folder of the bundles
 */
export function loadStream(dist: string): StreamBundle {
	const file = path.join(dist, "stream.cjs");
	return createRequire(file)(file) as StreamBundle;
}

/** What the stream's bundle offers to those who load it only when it is asked for. */
export interface StreamBundle {
	/** @throws StreamError when that cannot be done */
	openStream(options: OpenStreamOptions): Promise<OpenedStream>;
}

interface OpenStreamOptions {
	/** `host:port`; empty for the usual one. */
	readonly bind: string;
	/** Others than this machine may connect. */
	readonly allowsRemote: boolean;
	readonly tokenFile: string;
	readonly feed: GraphFeed;
	/** Called when somebody opens the page of figures. */
	readonly insights: () => InsightsSource;
	/** Folder of the built page. */
	readonly pageFolder: string;
	/** Told what was refused and what went wrong; never the token. */
	readonly note: (text: string) => void;
}

/** A stream that is served. */
export interface OpenedStream {
	/** `http://` and what is listened on. */
	readonly origin: string;
	/** Address of the page for a browser, with its token. */
	readonly pageUrl: string;
	/** Connections now. */
	readonly clients: number;
	/** Clients ever that were too slow. */
	readonly lagged: number;
	close(): Promise<void>;
}
