/** The build puts the style sheet here. */
declare const __CSS__: string;
export default __CSS__;
