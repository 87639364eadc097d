// The same agents as SVG elements: data joins for each change, a force simulation that sets attributes
// on every tick, and transitions for every call. What a page is made of that is written in an evening.
import {
	forceCollide,
	forceLink,
	forceManyBody,
	forceSimulation,
	forceX,
	forceY,
	type SimulationLinkDatum,
	type SimulationNodeDatum,
} from "d3-force";
import { select } from "d3-selection";
import "d3-transition";
import type { GraphPatch, NodeView } from "../../src/model/views/view.ts";

interface Datum extends SimulationNodeDatum {
	view: NodeView;
}

interface Link extends SimulationLinkDatum<Datum> {
	readonly source: Datum;
	readonly target: Datum;
}

interface Moving {
	transition(): Moving;
	duration(ms: number): Moving;
	attr(name: string, value: number | string): Moving;
	style(name: string, value: number | string): Moving;
	remove(): Moving;
}

const SIZE = { width: 1000, height: 700 };

class SvgPicture {
	readonly #data = new Map<string, Datum>();
	readonly #svg = select(document.body).append("svg").attr("width", SIZE.width);
	readonly #links = this.#svg.append("g");
	readonly #nodes = this.#svg.append("g");
	readonly #simulation = forceSimulation<Datum>()
		.force("charge", forceManyBody().strength(-80))
		.force("collide", forceCollide(20))
		.force("x", forceX(SIZE.width / 2).strength(0.05))
		.force("y", forceY(SIZE.height / 2).strength(0.05))
		.on("tick", () => this.#tick());

	constructor(views: readonly NodeView[]) {
		this.#svg.attr("height", SIZE.height);
		for (const view of views) this.#data.set(view.key, { view });
		this.#join();
	}

	apply(patch: GraphPatch): void {
		for (const view of patch.upserts) {
			const known = this.#data.get(view.key);
			if (known === undefined) this.#data.set(view.key, { view });
			else known.view = view;
		}
		this.#join();
		for (const { key, tool } of patch.pulses) this.#pulse(key, tool);
	}

	#join(): void {
		const data = [...this.#data.values()];
		const links = data.flatMap((target): Link[] => {
			const source = this.#data.get(target.view.parent ?? "");
			return source === undefined ? [] : [{ source, target }];
		});
		this.#simulation.nodes(data).force("link", forceLink<Datum, Link>(links).distance(90));
		this.#simulation.alpha(Math.max(0.1, this.#simulation.alpha())).restart();
		this.#links
			.selectAll<SVGLineElement, Link>("line")
			.data(links, ({ target }) => target.view.key)
			.join("line")
			.attr("stroke", "#4ade80")
			.attr("stroke-opacity", 0.4);
		const nodes = this.#nodes
			.selectAll<SVGGElement, Datum>("g")
			.data(data, ({ view }) => view.key)
			.join((enter) => {
				const group = enter.append("g").attr("id", ({ view }) => `node-${view.key}`);
				group.append("circle").attr("r", 8).attr("fill", "#4ade80");
				group.append("text").attr("class", "title").attr("y", 20);
				group.append("text").attr("class", "calls").attr("y", 34);
				return group;
			});
		nodes.select(".title").text(({ view }) => view.type);
		nodes.select(".calls").text(({ view }) => `${view.calls} calls`);
	}

	#pulse(key: string, tool: string): void {
		const group = select<SVGGElement, Datum>(`#node-${key}`);
		const circle = moving(group.select("circle"));
		circle.transition().duration(200).attr("r", 12).transition().duration(200).attr("r", 8);
		const word = group.append("text").attr("y", -14).text(tool);
		moving(word).transition().duration(800).attr("y", -40).style("opacity", 0).remove();
	}

	#tick(): void {
		this.#links
			.selectAll<SVGLineElement, Link>("line")
			.attr("x1", ({ source }) => source.x ?? 0)
			.attr("y1", ({ source }) => source.y ?? 0)
			.attr("x2", ({ target }) => target.x ?? 0)
			.attr("y2", ({ target }) => target.y ?? 0);
		this.#nodes
			.selectAll<SVGGElement, Datum>("g")
			.attr("transform", ({ x = 0, y = 0 }) => `translate(${x},${y})`);
	}
}

/** Types of d3-transition are not installed: what it adds to a selection is told here. */
function moving(selection: unknown): Moving {
	return selection as Moving;
}

let picture: SvgPicture | undefined;
addEventListener("message", ({ data }) => {
	if (data.type === "snapshot") picture = new SvgPicture(data.graph.nodes);
	else if (data.type === "patch") picture?.apply(data.patch);
});
