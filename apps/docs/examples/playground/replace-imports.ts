const PACKAGE = '@retinaface/web'
const statement =
  /^([ \t]*)import\s+(?:\*\s*as\s+([\w$]+)|\{([^}]*)\})\s*from\s*(['"])(.*?)\4[ \t]*;?/gm

/**
 * Code in which imports of `@retinaface/web` take their names from a variable instead, so that it runs
 * where there is no bundler. Lines keep their numbers.
 *
 * @example
 * replaceImports("import { a, b as c } from '@retinaface/web'", 'library')
 * // 'const { a, b: c } = library'
 *
 * @param code an ECMAScript module
 * @param variable what holds the package's exports
 * @throws Error for an import of something else
 */
export function replaceImports(code: string, variable: string): string {
  return code.replace(statement, (_, indent, whole, names, _quote, source) => {
    if (source !== PACKAGE) {
      throw new Error(`Expected imports of ${PACKAGE} only, but received "${source}".`)
    }
    const pattern = whole ?? `{${names.replaceAll(/\s+as\s+/g, ': ')}}`
    return `${indent}const ${pattern} = ${variable}`
  })
}
