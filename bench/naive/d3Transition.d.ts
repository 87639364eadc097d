/** d3-zoom brings it along; importing it adds `transition` to every selection. */
declare module "d3-transition";
