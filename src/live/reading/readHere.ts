import * as path from "node:path";
import { transcriptClients } from "../../ingest/clients/clients.ts";
import type { TranscriptClient, TranscriptFile } from "../../ingest/transcripts/port.ts";
import {
	type TranscriptBatch,
	TranscriptFollower,
} from "../../ingest/transcripts/transcriptFollower.ts";
import { loadPrices } from "../../pricing/prices.ts";
import type {
	ReadingInput,
	ReadingListener,
	TranscriptEvents,
	TranscriptReading,
} from "./transcriptReading.ts";

/** Reads transcripts in the thread of whoever listens, a slice of 64 KiB at a time. */
export function readHere(input: ReadingInput, listener: ReadingListener): TranscriptReading {
	let isClosing = false;
	const opening = open(input, listener);
	const reading = opening.then(async (follower) => {
		// Of one session everything counts, however old.
		if (input.isFollowing && input.session === undefined) await follower.catchUpLive();
		else await follower.catchUp();
		if (!isClosing) listener.current();
	});
	reading.catch((error) => {
		if (!isClosing) listener.failed(error instanceof Error ? error.message : String(error));
	});
	return {
		async dispose() {
			isClosing = true;
			await opening.then(
				(follower) => follower.dispose(),
				() => {},
			);
		},
	};
}

async function open(input: ReadingInput, listener: ReadingListener): Promise<TranscriptFollower> {
	const { folders, modifiedSince: since, isFollowing, session } = input;
	const clients = transcriptClients(await loadPrices());
	return new TranscriptFollower(
		{
			clients: session === undefined ? clients : clients.map((client) => only(session, client)),
			roots: folders,
			modifiedSince: since,
			wanted: { since, session: session ?? "" },
			isFollowing,
			start: () => null,
		},
		{
			batch: (batch) => {
				const slice = eventsOf(batch, input);
				if (slice.events.length === 0 && slice.problems.length === 0) return;
				return listener.events(slice);
			},
			status: (status) => listener.status(status),
		},
	);
}

/** A client that knows the files of one session alone, and those of which only the lines say whose. */
function only(session: string, client: TranscriptClient): TranscriptClient {
	const isOwn = (file: TranscriptFile) => file.session === session || file.session === "";
	const own = (file: TranscriptFile | "first_line" | null) =>
		file === null || file === "first_line" || isOwn(file) ? file : null;
	return {
		...client,
		classify: (relativePath) => own(client.classify(relativePath)),
		identify: (relativePath, firstLine) => {
			const file = client.identify?.(relativePath, firstLine) ?? null;
			return file !== null && isOwn(file) ? file : null;
		},
	};
}

/** A line belongs to the session that it names, whatever file it stands in. */
function eventsOf(batch: TranscriptBatch, { folders, session }: ReadingInput): TranscriptEvents {
	const events = batch.records.map(({ event }) => event);
	return {
		folder: folders.find((each) => batch.path.startsWith(each + path.sep)) ?? "",
		events: session === undefined ? events : events.filter((each) => each.session === session),
		problems: batch.problems,
	};
}
