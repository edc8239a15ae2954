/** The build puts a font's bytes in the place of its import (infra/build.ts). */
declare module '*.ttf' {
  const bytes: Uint8Array;
  export default bytes;
}
