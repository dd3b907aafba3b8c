/**
 * The names that `import()` of CommonJS code returns. They are known only at run time, while an ES module declares its exports. If esbuild splits the
 * code, such a chunk has only a default export, unlike the same code in Node.js or in one file.
 *
 * @see https://github.com/evanw/esbuild/issues/3245
 */

/** How esbuild ends the chunk of a CommonJS module. */
const END = /\bexport default ([\w$]+)\(\);((?:\s*export ?\{[^}]*\};)?(?:\s*\/\/# sourceMappingURL=\S+)?\s*)$/;

/** `import()` resolves with the result of a module's `then`. As in Node.js, `default` is all of `module.exports`. */
function thenOf(call: string): string {
  return `const __lazyThen=e=>{const m=${call}(),n={__proto__:null};`
    + 'for(const k of m===Object(m)?Object.getOwnPropertyNames(m):[])'
    + 'if(k!=="then")Object.defineProperty(n,k,{get:()=>m[k],enumerable:!0,configurable:!0});'
    + 'e(Object.defineProperty(n,"default",{value:m,enumerable:!0}))};export{__lazyThen as then};';
}

/** The code of a chunk that `import()` loads. CommonJS code gets its named exports. */
export function withCommonJsNames(code: string): string {
  return code.replace(END, (_, call: string, rest: string) => `export default ${call}();${thenOf(call)}${rest}`);
}
