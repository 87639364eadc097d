import type { PriceOf } from "../../model/usage/price.ts";
import type { OtlpRecord } from "./otlpRecords.ts";
import type { ReceivedLine } from "./receivedLine.ts";

/** A client that tells over OTLP what its agents do: what its records are called, its own folder knows. */
export interface OtlpClient {
	/** As in the table of clients. */
	readonly name: string;
	/** Whether it is the `service.name` of this client. */
	isOwn(service: string): boolean;
	/** @param priceOf what a request cost, where the client does not say so */
	newOtlpReader(priceOf: PriceOf): OtlpReader;
}

/** What was told by records. */
export interface Received {
	readonly lines: readonly ReceivedLine[];
	/** Names of records that were not understood. */
	readonly unknown: readonly string[];
}

/** Turns records into lines of the event log. Keeps what it must to tell whose later ones are. */
export interface OtlpReader {
	/**
	 * The records of one request, which may have come before; never throws.
	 *
	 * @param now when it was received, ms since the epoch
	 */
	read(records: readonly OtlpRecord[], now: number): Received;
	/** What waited for another record and waits no more. @param now ms since the epoch */
	settle(now: number): readonly ReceivedLine[];
	/** A line that a receiver before this one wrote. */
	remember(line: ReceivedLine): void;
}
