import { asObject, type Raw } from "../../kit/raw.ts";
import { type Block, blocksOf, type Line } from "../lines.ts";
import {
	ANSWER,
	ANSWERED_LINE,
	BLOCKS,
	CACHE_CREATION,
	EDITED,
	ENDED,
	INPUTS,
	ITERATION,
	LAUNCHED,
	LINE,
	META,
	OTHER_BLOCKS,
	OTHER_ITERATION,
	QUESTION,
	QUEUE_LINE,
	QUEUED_LINE,
	type Shape,
	SYNTHETIC_LINE,
	SYSTEM_LINE,
	USAGE,
	WRITTEN,
} from "./lineShapes.ts";

/**
 * Whether a line has lost a field to another name: it lacks one that is read and that the client always
 * writes, and has one that nobody knows. A field that is only new is none of these, and neither is one
 * that older clients did not write yet.
 *
 * @param isOfAgent the line stands in the file of an agent, where answers are mostly left out
 */
export function hasRenamedField(line: Line, isOfAgent: boolean): boolean {
	const message = asObject(line.message);
	if (isRenamed(line, shapeOfLine(line, message, isOfAgent))) return true;
	if (message === null) return false;
	if (isRenamed(message, line.type === "assistant" ? ANSWER : QUESTION)) return true;
	const usage = asObject(message.usage);
	if (usage !== null && isRenamed(usage, USAGE)) return true;
	const created = asObject(usage?.cache_creation);
	if (created !== null && isRenamed(created, CACHE_CREATION)) return true;
	const iterations = Array.isArray(usage?.iterations) ? usage.iterations : [];
	if (iterations.map(asObject).some((each) => each !== null && isRenamedIteration(each)))
		return true;
	const answer = asObject(line.toolUseResult);
	if (answer !== null && isRenamed(answer, shapeOfAnswer(answer))) return true;
	return allBlocks(message).some((block) => {
		if (isRenamed(block, BLOCKS[String(block.type)])) return true;
		const input = asObject(block.input);
		return input !== null && isRenamed(input, INPUTS[String(block.name)]);
	});
}

/** The same of what stands beside an agent's file. */
export function hasRenamedMeta(meta: Raw): boolean {
	return isRenamed(meta, META);
}

/** Whether part of a message is of a kind that nobody knows. */
export function hasUnknownBlock(line: Line): boolean {
	return allBlocks(asObject(line.message) ?? {}).some(({ type }) => {
		return typeof type !== "string" || !(type in BLOCKS || OTHER_BLOCKS.test(type));
	});
}

/** The parts of a message, and those that results among them have. */
function allBlocks(message: Raw): Block[] {
	const blocks = blocksOf(message);
	return blocks.concat(blocks.filter(({ type }) => type === "tool_result").flatMap(blocksOf));
}

function shapeOfLine(line: Line, message: Raw | null, isOfAgent: boolean): Shape {
	switch (line.type) {
		case "system":
			return SYSTEM_LINE;
		case "queue-operation":
			return line.operation === "enqueue" ? QUEUED_LINE : QUEUE_LINE;
		case "assistant":
			return message?.model === "<synthetic>" ? SYNTHETIC_LINE : LINE;
		default: {
			const isAnswer = blocksOf(message ?? {}).some(({ type }) => type === "tool_result");
			return isAnswer && !isOfAgent ? ANSWERED_LINE : LINE;
		}
	}
}

function isRenamedIteration(iteration: Raw): boolean {
	return isRenamed(iteration, iteration.type === "message" ? ITERATION : OTHER_ITERATION);
}

/** Only the answers of which something is read. */
function shapeOfAnswer(answer: Raw): Shape | undefined {
	if ("isAsync" in answer) return LAUNCHED;
	if ("totalTokens" in answer) return ENDED;
	const isEdited = ["structuredPatch", "originalFile", "userModified"].some(
		(name) => name in answer,
	);
	if (!isEdited) return undefined;
	return "content" in answer || "type" in answer ? WRITTEN : EDITED;
}

function isRenamed(object: Raw, shape: Shape | undefined): boolean {
	if (shape === undefined || shape.read.every((name) => name in object)) return false;
	return Object.keys(object).some((name) => !shape.other.has(name) && !shape.read.includes(name));
}
