/** What goes on in simulated time: it yields how long it waits in ms, or what it waits for. */
export type Steps = Generator<number | Latch, void, void>;

/** Something that is waited for, and happens once. */
export class Latch {
	isOpen = false;
	readonly #waiting: (() => void)[] = [];

	open(): void {
		this.isOpen = true;
		for (const wake of this.#waiting.splice(0)) wake();
	}

	whenOpen(wake: () => void): void {
		if (this.isOpen) wake();
		else this.#waiting.push(wake);
	}
}

/** Steps that go on by themselves, with those that they started. */
export class Task {
	/** Also opened where it was cancelled. */
	readonly done = new Latch();
	readonly #steps: Steps;
	readonly #world: World;
	readonly #children: Task[] = [];

	constructor(world: World, steps: Steps, parent: Task | null) {
		this.#world = world;
		this.#steps = steps;
		if (parent !== null) parent.#children.push(this);
		world.after(0, () => this.#go());
	}

	/** Nothing of it happens any more. Must not be called by its own steps. */
	cancel(): void {
		for (const child of this.#children) child.cancel();
		if (this.done.isOpen) return;
		this.#steps.return();
		this.done.open();
	}

	#go(): void {
		if (this.done.isOpen) return;
		const { done, value } = this.#steps.next();
		if (done === true) this.done.open();
		else if (typeof value === "number") this.#world.after(value, () => this.#go());
		else value.whenOpen(() => this.#world.after(1, () => this.#go()));
	}
}

interface Due {
	readonly at: number;
	readonly run: () => void;
}

/** The clock and what is due. No two things happen in one millisecond. */
export class World {
	/** ms since the epoch */
	now: number;
	/** Sorted, the next one last. */
	readonly #due: Due[] = [];

	constructor(now: number) {
		this.now = now;
	}

	after(ms: number, run: () => void): void {
		const at = this.now + Math.max(0, ms);
		let index = this.#due.length;
		while (index > 0 && (this.#due[index - 1]?.at ?? 0) <= at) index--;
		this.#due.splice(index, 0, { at, run });
	}

	/** A moment of its own within what is happening. */
	tick(): number {
		this.now++;
		return this.now;
	}

	start(steps: Steps, parent: Task | null = null): Task {
		return new Task(this, steps, parent);
	}

	/** Lets time pass until nothing is due, or until it is enough. */
	run(isEnough: () => boolean): void {
		for (;;) {
			const next = isEnough() ? undefined : this.#due.pop();
			if (next === undefined) return;
			this.now = Math.max(this.now + 1, next.at);
			next.run();
		}
	}

	/** A latch that opens with another one, or when time is up. */
	within(ms: number, latch: Latch): Latch {
		const either = new Latch();
		latch.whenOpen(() => either.open());
		this.after(ms, () => either.open());
		return either;
	}
}
