import type { Attributes as ApiAttributes, HrTime } from "@opentelemetry/api";
import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import type { Attributes } from "../records/spanRecord.ts";

/** Who made what is sent. */
export interface OwnScope {
	readonly name: string;
	readonly version: string;
}

export function resourceOf(attributes: Attributes): Resource {
	return resourceFromAttributes(attributesOf(attributes));
}

/** Without what is null. */
export function attributesOf(attributes: Attributes): ApiAttributes {
	const known: ApiAttributes = {};
	for (const [key, value] of Object.entries(attributes)) if (value !== null) known[key] = value;
	return known;
}

/** Seconds and nanoseconds. @param ms since the epoch, to whole µs */
export function hrTime(ms: number): HrTime {
	const us = Math.round(ms * 1000);
	return [Math.floor(us / 1e6), (us % 1e6) * 1000];
}
