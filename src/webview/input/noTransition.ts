/**
 * Stands in for d3-transition and d3-interpolate in the bundle. d3-zoom imports one function of
 * each for its animated zooms; here the camera glides in the page's own frame loop.
 */

/** d3-zoom ends running transitions when a gesture starts: there are none. */
export function interrupt(): void {}

/** Default of `zoom.interpolate`, which only transitions would call. */
export function interpolateZoom(): never {
	throw new Error("the page zooms without transitions");
}
