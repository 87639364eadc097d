import { Recording } from "../../model/recording/recording.ts";
import type { RecordedPart } from "./partGatherer.ts";

/** Hands over parts of a session until it is stopped, as a feed's `record`. */
type Record = (session: string, tell: (part: RecordedPart) => void) => () => void;

/** Everything that was told of a session until now. */
export function wholeRecording(session: string, record: Record): Promise<Recording> {
	const recording = new Recording(session);
	return new Promise((resolve) => {
		const stop = record(session, ({ events, isWhole }) => {
			recording.add(events);
			if (!isWhole) return;
			stop();
			resolve(recording);
		});
	});
}
