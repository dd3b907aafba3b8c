/**
 * The names that `import()` of CommonJS code gives. They are known at run time only, while an ES module says what it exports. So where esbuild splits
 * the code, such a chunk has a default export and nothing else, unlike the same code in Node.js or in one file.
 *
 * @see https://github.com/evanw/esbuild/issues/3245
 */

/** How esbuild ends the chunk of a CommonJS module. */
const END = /\bexport default ([\w$]+)\(\);((?:\s*export ?\{[^}]*\};)?(?:\s*\/\/# sourceMappingURL=\S+)?\s*)$/;

/** What `import()` settles with is what the `then` of a module gives. As in Node.js, `default` is all of `module.exports`. */
function thenOf(call: string): string {
  return `const __lazyThen=e=>{const m=${call}(),n={__proto__:null};`
    + 'for(const k of m===Object(m)?Object.getOwnPropertyNames(m):[])'
    + 'if(k!=="then")Object.defineProperty(n,k,{get:()=>m[k],enumerable:!0,configurable:!0});'
    + 'e(Object.defineProperty(n,"default",{value:m,enumerable:!0}))};export{__lazyThen as then};';
}

/** The code of a chunk that `import()` loads, with the names if it is CommonJS. */
export function withCommonJsNames(code: string): string {
  return code.replace(END, (_, call: string, rest: string) => `export default ${call}();${thenOf(call)}${rest}`);
}
