/** The text of a file, as Vite and the build of the functions give it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
