/** Names in a request: completing them, putting one in, and examples that fit the tables. */

import type { IColumnLine, ITableLine } from './tokens';

const MOST = 8;
const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float']);
const GROUPS: ReadonlySet<string> = new Set(['string', 'category', 'boolean']);

type Known = ReadonlyMap<string, IColumnLine[]>;

/** The word that ends where the cursor is; `@` begins a table's name. */
function word(text: string, at: number): string {
  return /@?[\p{L}\p{N}_.]*$/u.exec(text.slice(0, at))?.[0] ?? '';
}

/** Names that go on from the word at the cursor: tables after `@`, else columns. */
export function completions(
  text: string,
  at: number,
  known: Known,
  tables: readonly ITableLine[]
): string[] {
  const begun = word(text, at);
  const plain = begun.toLowerCase();
  if (begun.startsWith('@')) {
    return tables
      .map(({ name }) => `@${name}`)
      .filter(name => name.toLowerCase().startsWith(plain) && name !== begun)
      .slice(0, MOST);
  }
  if (begun.length < 2) {
    return [];
  }
  const labels = new Set([...known.values()].flat().map(({ label }) => label));
  return [...labels]
    .filter(label => label.toLowerCase().startsWith(plain) && label !== begun)
    .slice(0, MOST);
}

/** The text with the word at the cursor completed, and where the cursor stands then. */
export function completed(text: string, at: number, name: string): { text: string; at: number } {
  const start = at - word(text, at).length;
  const after = text.slice(at);
  const space = after.startsWith(' ') ? '' : ' ';
  return { text: text.slice(0, start) + name + space + after, at: start + name.length + 1 };
}

/** The text with a name at its end; names that are no single word stand in quotes. */
export function withName(text: string, name: string): string {
  const said = /^[\p{L}\p{N}_]+$/u.test(name) ? name : `"${name.replaceAll('"', "'")}"`;
  return text === '' || /\s$/.test(text) ? `${text}${said} ` : `${text} ${said} `;
}

/** A few requests that the tables at hand can serve. */
export function examples(
  tables: readonly ITableLine[],
  known: Known,
  spanish: boolean
): string[] {
  for (const { name } of tables) {
    const columns = (known.get(name) ?? []).filter(({ label }) => label.length <= 30);
    const number = columns.find(each => NUMBERS.has(each.kind) && (each.distinct ?? 9) > 5);
    const group = columns.find(
      each => GROUPS.has(each.kind) && (each.distinct ?? 99) > 1 && (each.distinct ?? 99) <= 30
    );
    if (number && group) {
      const [y, x] = [number.label, group.label];
      return spanish
        ? [`media de ${y} por ${x}`, `gráfico de barras de ${y} por ${x}`, `histograma de ${y}`]
        : [`average ${y} by ${x}`, `bar chart of ${y} by ${x}`, `histogram of ${y}`];
    }
    if (number) {
      const y = number.label;
      return spanish
        ? [`histograma de ${y}`, `las 10 filas con mayor ${y}`]
        : [`histogram of ${y}`, `top 10 rows by ${y}`];
    }
  }
  return [];
}
