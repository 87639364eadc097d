import { drawCalls, drawSelectedCall } from "./drawCalls.ts";
import { drawGround, drawHead } from "./drawGround.ts";
import { drawLabels } from "./drawLabels.ts";
import { drawEnds, drawLives, drawWaits } from "./drawLives.ts";
import { drawMoments } from "./drawMoments.ts";
import type { TimelinePainter } from "./timelinePainter.ts";

/** One frame, from the ground up. */
export function drawTimeline(painter: TimelinePainter): void {
	drawGround(painter);
	drawLabels(painter);
	drawLives(painter);
	drawCalls(painter);
	drawWaits(painter);
	drawEnds(painter);
	drawSelectedCall(painter);
	drawHead(painter);
	drawMoments(painter);
}
